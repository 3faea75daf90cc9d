import { decodeEscapes } from "./escapes.ts";
import { isSecretPart, redacted } from "./names.ts";

/**
 * Returns the path of a URL with its secrets hidden: a segment behind the name of a secret, and a segment that looks like
 * a token or like the credentials of Basic.
 *
 * @example
 * redactPath("/token/abc/page/2") // "/token/[redacted]/page/2"
 * redactPath("/hooks/5f6c1a52-6d3c-4a4e-9b0a-3a1f6a0f8e0d") // "/hooks/[redacted]"
 */
export function redactPath(path: string): string {
  const segments = path.split("/");
  return segments
    .map((segment, index) => {
      const before = decodeEscapes(segments[index - 1] ?? "");
      const isSecret = segment !== "" && (isSecretPart(before) || looksSecret(decodeEscapes(segment)));
      return isSecret ? redacted : segment;
    })
    .join("/");
}

const guid = /^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i;
const hexadecimal = /^[\da-f]{32,}$/i;
const webToken = /^eyJ[\w-]+\.[\w-]+/;
const scheme = /^(Bearer|Basic)\s+\S/i;

function looksSecret(segment: string): boolean {
  const looksLikeToken = [guid, hexadecimal, webToken, scheme].some((form) => form.test(segment));
  return looksLikeToken || isRandom(segment) || isBasic(segment);
}

/** Long texts of capitals, small letters and digits are usually keys and not names. */
function isRandom(segment: string): boolean {
  const isLong = /^[\w+=~-]{20,}$/.test(segment);
  return isLong && [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(segment));
}

/** `user:password` in base64. Among shorter texts too many ordinary ones decode to something with a colon: `a106`. */
function isBasic(segment: string): boolean {
  if (!/^[\w+-]{8,}={0,2}$/.test(segment)) return false;
  try {
    return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(atob(segment.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return false;
  }
}
