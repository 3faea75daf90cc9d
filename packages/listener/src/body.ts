import { Refusal } from "./refusal.ts";

/** How much of a body is taken, and how long it may take to come. */
export interface BodyLimits {
  maxBodyBytes: number;
  bodyTimeoutMs: number;
}

export const tooLarge = ({ maxBodyBytes }: BodyLimits) =>
  new Refusal(413, `the body is larger than ${maxBodyBytes} bytes`);
export const tooSlow = ({ bodyTimeoutMs }: BodyLimits) =>
  new Refusal(408, `the body took longer than ${bodyTimeoutMs} ms`);
export const brokenOff = () => new Refusal(400, "the body broke off");

/** What is wrong when somebody has read the body before; the sender cannot help it. */
export const alreadyRead = () =>
  new Refusal(
    500,
    "not handled",
    {},
    new Error("The body has been read before the listener was called: mount it before body parsers."),
  );

export interface Body {
  /** @throws {Refusal} when the body has become too large. */
  add(chunk: Uint8Array): void;
  bytes(): Uint8Array;
}

/**
 * Collects a body. Chunks are copied into one piece of memory that grows, because a list of them could take a hundred
 * times what they hold when a sender makes them small.
 */
export function createBody(limits: BodyLimits): Body {
  let bytes: Uint8Array = new Uint8Array();
  let length = 0;
  return {
    add: (chunk) => {
      const needed = length + chunk.length;
      if (needed > limits.maxBodyBytes) throw tooLarge(limits);
      if (length === 0) {
        // Most bodies come in one chunk, which need not be copied.
        bytes = chunk;
      } else {
        if (needed > bytes.length) {
          const grown = new Uint8Array(Math.min(limits.maxBodyBytes, Math.max(4096, 2 * needed)));
          grown.set(bytes.subarray(0, length));
          bytes = grown;
        }
        bytes.set(chunk, length);
      }
      length = needed;
    },
    bytes: () => bytes.subarray(0, length),
  };
}
