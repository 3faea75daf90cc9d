import type { Operation } from "@thingspace-callbacks/spec";
import secureJson from "secure-json-parse";
import { badRequest, undocumented } from "./refusal.ts";

/** Largest request body, in bytes. */
export const bodyLimit = 64 * 1024;

const tooLarge = Symbol("body too large");

/** A request body as it came in, or the mark of one over the limit. */
export type RawBody = Buffer | typeof tooLarge | undefined;

/**
 * Reads a body to its end, keeping no more than the limit. One that is too large is read and thrown away, so that the
 * connection can be used again; how long that may take is bounded by the server's request time-out.
 *
 * @throws {Refusal} 400 when the client hangs up
 */
export async function readBody(stream: AsyncIterable<Buffer>): Promise<RawBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
    }
  } catch {
    throw undocumented(400, "INVALID_REQUEST", "body: ended early.");
  }
  return size > bodyLimit ? tooLarge : Buffer.concat(chunks);
}

/** A body as the operation takes it; nothing when the operation has none. */
export interface Body {
  /** JSON parsed, a form as an object of its members. */
  value?: unknown;
  text?: string;
}

/**
 * Reads a body as the operation's document says.
 *
 * @throws {Refusal} 400, 413, 415
 */
export function decodeBody(operation: Operation, raw: RawBody, contentType: string | undefined): Body {
  if (raw === tooLarge) {
    throw undocumented(413, "PAYLOAD_TOO_LARGE", `body: is larger than ${bodyLimit} bytes.`, { operation });
  }
  if (!operation.requestBody) return {};
  const mediaType = Object.keys(operation.requestBody.content)[0] ?? "";
  const isJson = mediaType === "application/json";

  if (!raw || raw.length === 0) {
    if (!operation.requestBody.required) return {};
    throw badRequest(operation, `body: is required, as ${mediaType}.`);
  }
  const sent = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  // Vendor SDKs send `*/*` with JSON; a missing type is read the same way.
  if (sent !== mediaType && sent !== "" && sent !== "*/*") {
    const message = `Content-Type: is ${sent}, must be ${mediaType}.`;
    throw undocumented(415, "UNSUPPORTED_MEDIA_TYPE", message, { operation });
  }
  const text = raw.toString("utf8");
  return { text, value: isJson ? parseJson(operation, text) : Object.fromEntries(new URLSearchParams(text)) };
}

function parseJson(operation: Operation, text: string): unknown {
  try {
    return secureJson.parse(text, { protoAction: "error", constructorAction: "error" });
  } catch (error) {
    // Only the position is passed on: the parser's own message quotes the body, which may hold a password.
    const [position = ""] = / at position \d+( \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    throw badRequest(operation, `body: is not valid JSON${position}.`);
  }
}
