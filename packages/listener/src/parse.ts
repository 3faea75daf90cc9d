import { Refusal } from "./refusal.ts";

/** Strict about UTF-8; a byte order mark is passed over, as RFC 8259 allows. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The JSON value of a body. A member `__proto__` is left out, wherever it is: it would be taken for a prototype by whoever
 * copies the message member by member. Of duplicate names the last counts.
 *
 * @throws {Refusal} 400; it says nothing of the body, which may hold a password.
 */
export function parse(body: Uint8Array): unknown {
  try {
    const text = utf8.decode(body);
    // Leaving members out is slow; a name that could be `__proto__` is as good as never there.
    const isSuspect = text.includes("__proto__") || text.includes("\\u00");
    return isSuspect ? JSON.parse(text, withoutProto) : JSON.parse(text);
  } catch {
    throw new Refusal(400, "the body is not JSON in UTF-8");
  }
}

const withoutProto = (name: string, value: unknown) => (name === "__proto__" ? undefined : value);
