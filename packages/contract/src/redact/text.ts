import { decodeEscapes } from "./escapes.ts";
import { isSecretName, namesSecret, redacted } from "./names.ts";
import { redactPath } from "./path.ts";

/**
 * Returns a URL or a path with user, password and the secrets of its path and its query hidden.
 *
 * @example
 * redactUrl("https://me:hunter2@example.com/fota?token=abc&page=2")
 * // "https://[redacted]@example.com/fota?token=[redacted]&page=2"
 */
export function redactUrl(url: string): string {
  const [path = ""] = /^(?!\w+:)[^?#]*/.exec(url) ?? [];
  return redactText(redactPath(path) + url.slice(path.length));
}

/**
 * Returns a text with its secrets hidden: those of URLs, `name=value` pairs, `Bearer` and `Basic`
 * credentials, and what follows the name of a secret in any quoting. It hides too much rather than too little.
 */
export function redactText(text: string): string {
  return redactNamed(
    redactPairs(redactUrlPaths(redactUserinfo(text))).replace(credentials, `$1 ${redacted}`),
  );
}

const credentials = /\b(Bearer|Basic)\s+(?!\[redacted\])[^\s,;"'&]+/gi;

/** Hides what is between `//` and the `@` before a host. */
function redactUserinfo(text: string): string {
  const [start = "", ...rest] = text.split("//");
  const shown = rest.map((part) => {
    const [untilSpace = ""] = /^[^\s"'<>]*/.exec(part) ?? [];
    const [authority = ""] = /^[^/?#\\]*/.exec(untilSpace) ?? [];
    // Only a port follows the colon of a host: anything else is a password, cut by a character that it must not have.
    const isCutPassword = !authority.includes("@") && /^[^:[]*:\d*\D/.test(authority);
    const end = (isCutPassword ? untilSpace : authority).lastIndexOf("@");
    return end < 0 ? part : `${redacted}${part.slice(end)}`;
  });
  return [start, ...shown].join("//");
}

/** Hides the secrets in the paths of the URLs of a text. */
function redactUrlPaths(text: string): string {
  return text.replace(
    /(:\/\/[^/?#\s"'<>]*)(\/[^?#\s"'<>]*)/g,
    (_url, host: string, path: string) => host + redactPath(path),
  );
}

/** Hides values in `name=value` pairs: those of secret names, and those beside a pair such as `name=password`. */
function redactPairs(text: string): string {
  const pairs = text.split("&");
  if (!pairs.some(isNamingPair)) return pairs.map(redactPair).join("&");
  return pairs
    .map((pair) => (isNamingPair(pair) ? redactPair(pair) : pair.replace(/=.*$/s, `=${redacted}`)))
    .join("&");
}

function isNamingPair(piece: string): boolean {
  const pair = piece.slice(piece.lastIndexOf("?") + 1);
  const equals = pair.indexOf("=");
  return (
    equals >= 0 && namesSecret(decodeEscapes(pair.slice(0, equals)), decodeEscapes(pair.slice(equals + 1)))
  );
}

/** Hides the value of `name=value`, also behind `?`, `;`, `#` or a space, and up to the end of the piece. */
function redactPair(piece: string): string {
  let start = 0;
  for (const { index } of piece.matchAll(/[?;#\s]|$/g)) {
    const part = piece.slice(start, index);
    const equals = part.indexOf("=");
    if (equals >= 0 && isSecretName(decodeEscapes(part.slice(0, equals)))) {
      return `${piece.slice(0, start + equals)}=${redacted}`;
    }
    start = index + 1;
  }
  if (!piece.includes("%")) return piece;
  // A value may be a URL of its own, such as `?url=https%3A%2F%2Fme%3Ahunter2%40example.com`.
  const inside = decodeEscapes(piece);
  const isSecret = redactUserinfo(inside) !== inside || redactNamed(inside) !== inside;
  return isSecret ? `${piece.slice(0, piece.indexOf("=") + 1)}${redacted}` : piece;
}

const secretWord =
  /(?:pass(?:word|wd|phrase|code)|pwd|secret|token(?!_?type)|(?:api|access|auth|private)[-_ ]?key|authorization|credentials?)[\w\]]{0,20}["'\\\s]{0,30}[:=>](?!\s{0,8}\[redacted\])/i;

/** Cuts a text behind the first name of a secret that a value follows, as in `{'password':'hunter2'}`. */
function redactNamed(text: string): string {
  const found = secretWord.exec(text);
  return found ? `${text.slice(0, found.index + found[0].length)}${redacted}` : text;
}
