import { findMember, isLoopbackHostname, type Operation } from "@thingspace-callbacks/contract";
import type { AllowList } from "../deliveries/target/allow-list.ts";

/**
 * Returns the body as it is to be validated. Where the document lets the mock take `http` (`x-mock-loopback`), such a URL
 * of a loopback host, or of one that `--allow-target` names, is validated as if it were https; the body itself stays as
 * it is.
 */
export function allowPlainHttp(operation: Operation, body: unknown, allowsTarget: AllowList): unknown {
  const url = findPlainHttpUrl(body);
  if (!url || !takesPlainHttp(operation) || !(isLoopback(url) || isAllowed(url, allowsTarget))) return body;
  return { ...(body as object), url: url.text.replace(/^http:/i, "https:") };
}

/** Adds to the refusal of an http URL for which hosts http is taken. */
export function addPlainHttpNote(operation: Operation, body: unknown, message: string): string {
  if (!takesPlainHttp(operation) || !findPlainHttpUrl(body)) return message;
  return `${message} The mock takes http only for loopback hosts (localhost, 127.0.0.1, [::1]) and for hosts that --allow-target names.`;
}

/** A URL as it was sent, and parsed if it can be. */
interface PlainHttpUrl {
  text: string;
  parsed: URL | null;
}

function takesPlainHttp({ body }: Operation): boolean {
  return findMember(body?.schema ?? {}, "url")?.["x-mock-loopback"] === "http";
}

function findPlainHttpUrl(body: unknown): PlainHttpUrl | undefined {
  const text = typeof body === "object" && body !== null && "url" in body ? body.url : undefined;
  if (typeof text !== "string" || !/^http:/i.test(text)) return undefined;
  return { text, parsed: URL.parse(text) };
}

function isLoopback({ parsed }: PlainHttpUrl): boolean {
  return parsed !== null && isLoopbackHostname(parsed.hostname);
}

function isAllowed({ parsed }: PlainHttpUrl, allowsTarget: AllowList): boolean {
  return parsed !== null && allowsTarget(parsed.hostname, Number(parsed.port || 80));
}
