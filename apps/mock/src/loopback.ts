import type { Operation } from "@thingspace-callbacks/contract/catalogue";

/**
 * The body as it is to be validated. Where the document lets the mock take `http` for loopback hosts (a developer's own
 * listener), such a URL is validated as if it were https; the body itself stays as it is.
 */
export function asValidated(operation: Operation, body: unknown): unknown {
  if (!takesLoopback(operation) || typeof body !== "object" || body === null || !("url" in body)) return body;
  return isLoopbackHttp(body.url) ? { ...body, url: body.url.replace(/^http:/i, "https:") } : body;
}

/** Says so in a refusal of an http URL. */
export function withLoopbackNote(operation: Operation, body: unknown, message: string): string {
  const url = typeof body === "object" && body !== null && "url" in body ? body.url : undefined;
  if (!takesLoopback(operation) || typeof url !== "string" || !/^http:/i.test(url)) return message;
  return `${message} The mock takes http for loopback hosts only: localhost, 127.0.0.1, [::1].`;
}

function takesLoopback({ requestBody }: Operation): boolean {
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  return schema?.properties?.["url"]?.["x-mock-loopback"] === "http";
}

function isLoopbackHttp(url: unknown): url is string {
  if (typeof url !== "string" || !/^http:/i.test(url) || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
