import { OptionError } from "../options.ts";

/**
 * Reads the origins whose pages may call the mock, and returns them in the form of `@fastify/cors`.
 *
 * @throws {OptionError} for a form that no browser sends as its origin, such as `https://*.example.com`
 */
export function readOrigins(origins: string | string[]): "*" | string[] {
  const list = [origins].flat();
  if (list.length === 1 && list[0] === "*") return "*";
  for (const origin of list) {
    if (!isOrigin(origin)) {
      throw new OptionError(
        "cors",
        `must be * or origins such as https://app.example; "${origin}" is neither. Patterns are not supported.`,
      );
    }
  }
  return list;
}

/** Returns true if a browser could send it: scheme, host in lower case, and a port that is not the scheme's own. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return url.origin === text && /^([\w.-]+|\[[\da-f:]+\])$/.test(url.hostname);
}
