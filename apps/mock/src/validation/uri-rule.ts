import type { ErrorObject } from "ajv/dist/2020.js";

/**
 * Says what a text must be that is not a URI, with the first character that a URI cannot have.
 *
 * @example
 * describeUriRule("https://example.com/?a|b")
 * // 'must be a URL without the character "|": percent-encode it, or write a host name in Punycode'
 */
export function describeUriRule(value: unknown): string {
  // All characters that a URI may have somewhere (RFC 3986, appendix A).
  const [character] = /[^\w.~:/?#[\]@!$&'()*+,;=%-]/u.exec(String(value)) ?? [];
  if (character === undefined)
    return "must be a URL with a valid host, a port up to 65535, and valid percent-encoding";
  return `must be a URL without the character ${JSON.stringify(character)}: percent-encode it, or write a host name in Punycode`;
}

/** Leaves out that a format is broken where the pattern is broken, too: the rule of the pattern says the same. */
export function removeRepeatedFormats(errors: ErrorObject[]): ErrorObject[] {
  return errors.filter(
    ({ keyword, instancePath }) =>
      keyword !== "format" ||
      !errors.some((other) => other.keyword === "pattern" && other.instancePath === instancePath),
  );
}
