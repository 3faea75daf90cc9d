import { routes } from "../routes.ts";

const redacted = "[redacted]";
// Those of the documents' security, and others that hold keys.
const secretHeaders = new Set([
  "authorization",
  "proxy-authorization",
  "x-api-key",
  "cookie",
  ...routes
    .flatMap(({ operation }) => operation.security)
    .flatMap((scheme) => (scheme.sentAs === "header" ? scheme.header.toLowerCase() : [])),
]);
const secretName = /^(password|secret|token|client_secret|session_?token|access_?token|refresh_?token)$/i;

/** Headers without the values of those that hold tokens and keys. */
export function redactHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretHeaders.has(name) ? redacted : String(value),
    ]),
  );
}

/** A URL or path without a password before the host, and without secrets in the query. */
export function redactUrl(url: string): string {
  return url
    .replace(/^(https?:\/\/[^\s/?#@:]*):[^\s/?#@]*@/i, `$1:${redacted}@`)
    .replace(/([?&])([^=&#]*)=([^&#]*)/g, (pair, start, name) =>
      secretName.test(decoded(name)) ? `${start}${name}=${redacted}` : pair,
    );
}

/** A body without the values of members that are secret: JSON, a form, or what is left of either. */
export function redactBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (name, value) => {
      if (secretName.test(name)) return redacted;
      return typeof value === "string" ? redactUrl(value) : value;
    });
  } catch {
    return redactedText(body);
  }
}

function redactedText(body: string): string {
  const members = body.replace(
    /("(?:password|secret|token|sessionToken|access_token)"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\s]+)/gi,
    `$1"${redacted}"`,
  );
  return redactUrl(`?${members}`).slice(1);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
