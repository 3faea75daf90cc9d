import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import {
  getLimit,
  getOperation,
  isJson,
  type Operation,
  parseMediaType,
} from "@thingspace-callbacks/contract";
import secureJson from "secure-json-parse";
import type { Body } from "../operations/body.ts";
import { createBadRequest, createUndocumentedRefusal } from "../operations/refusal.ts";

/** Largest body of a control operation, in bytes: a state may have many registrations. */
const maxControlBytes = getLimit(getOperation("control", "putState").body?.schema, "x-max-bytes");

/** Returns the size limit of the bodies of an API, in bytes. The real service's is not known. */
export const getBodyLimit = (api: string | undefined) => (api === "control" ? maxControlBytes : 64 * 1024);

/** A request body as it came in, or the limit that it was over, in bytes. */
export type RawBody = Buffer | { limit: number } | undefined;

/**
 * Reads a body to its end, keeping no more than the limit. One that is too large is read and thrown away, so that the
 * connection can be used again; how long that may take is bounded by the server's request time-out.
 *
 * @param done gets the body, or the refusal of one that ended early because the client hung up
 */
export function readBody(
  stream: Readable,
  limit: number,
  done: (error: Error | null, body?: RawBody) => void,
): void {
  // Events and a callback: an async iterator or a promise costs more than all the rest of a small request's body.
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  });
  stream.on("end", () => {
    const [only = Buffer.alloc(0)] = chunks;
    done(null, size > limit ? { limit } : chunks.length > 1 ? Buffer.concat(chunks) : only);
  });
  stream.on("error", () => done(createUndocumentedRefusal(400, "body: ended early.")));
}

/**
 * Reads a body as the operation's document says.
 *
 * @throws {Refusal} 400, 413, 415
 */
export function decodeBody(operation: Operation, raw: RawBody, headers: BodyHeaders): Body {
  if (raw && "limit" in raw) {
    throw createUndocumentedRefusal(413, `body: is larger than ${raw.limit} bytes.`, { operation });
  }
  if (!operation.body) return {};
  const { mediaType } = operation.body;
  if (!raw || raw.length === 0) {
    if (!operation.body.isRequired) return {};
    throw createBadRequest(operation, `body: is required, as ${mediaType}.`);
  }
  demandReadable(operation, mediaType, headers);
  const text = decodeText(operation, raw);
  if (isJson(mediaType)) return { text, value: parseJson(operation, text) };
  // Written anew, because Prism cannot read escapes that are cut short.
  const form = new URLSearchParams(text);
  return { text: form.toString(), value: Object.fromEntries(form) };
}

/** The facts about a body that the headers of its request tell. */
export interface BodyHeaders {
  contentType?: string | undefined;
  contentEncoding?: string | undefined;
}

function demandReadable(operation: Operation, mediaType: string, headers: BodyHeaders): void {
  const refuse = (name: string, sent: string, wanted: string) =>
    createUndocumentedRefusal(415, `${name}: is ${sent}, must be ${wanted}.`, { operation });
  const { contentType = "", contentEncoding = "identity" } = headers;
  if (contentType === mediaType && contentEncoding === "identity") return;
  if (contentEncoding !== "identity") throw refuse("Content-Encoding", contentEncoding, "left out");
  const { type: sent, charset = "utf-8" } = parseMediaType(contentType);
  // Vendor SDKs send `*/*` with JSON; a missing type is read the same way.
  if (sent !== mediaType && sent !== "" && sent !== "*/*") throw refuse("Content-Type", sent, mediaType);
  if (!["utf-8", "utf8", "us-ascii"].includes(charset)) {
    throw refuse("Content-Type", `charset=${charset}`, "charset=utf-8");
  }
}

function decodeText(operation: Operation, raw: Buffer): string {
  if (!isUtf8(raw)) throw createBadRequest(operation, "body: is not valid UTF-8.");
  return raw.toString();
}

function parseJson(operation: Operation, text: string): unknown {
  try {
    return secureJson.parse(text, { protoAction: "error", constructorAction: "error" });
  } catch (error) {
    if (String(error).includes("forbidden prototype")) {
      throw createBadRequest(operation, "body: must not have a member __proto__ or constructor.prototype.");
    }
    // Only the position is passed on: the parser's own message quotes the body, which may hold a password.
    const [position = ""] = / at position \d+( \(line \d+ column \d+\))?/.exec(String(error)) ?? [];
    throw createBadRequest(operation, `body: is not valid JSON${position}.`);
  }
}
