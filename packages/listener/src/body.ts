import { Refusal } from "./failure.ts";

/** How large a body may be, and how long it may take to arrive. */
export interface BodyLimits {
  maxBodyBytes: number;
  bodyTimeoutMs: number;
}

export const createTooLarge = ({ maxBodyBytes }: BodyLimits) =>
  new Refusal("BODY_TOO_LARGE", `the body is larger than ${maxBodyBytes} bytes`);
export const createTooSlow = ({ bodyTimeoutMs }: BodyLimits) =>
  new Refusal("BODY_TOO_SLOW", `the body took longer than ${bodyTimeoutMs} ms`);
export const createIncomplete = () => new Refusal("BODY_INCOMPLETE", "the body is incomplete");

/** The error when something has read the body before; the sender is not to blame. */
export function createAlreadyRead(): Refusal {
  const cause = new Error("The body was read before the listener was called: mount it before body parsers.");
  return new Refusal("BODY_ALREADY_READ", "not handled", { cause });
}

export interface Body {
  /** @throws {Refusal} `BODY_TOO_LARGE` */
  add(chunk: Uint8Array): void;
  bytes(): Uint8Array;
}

/**
 * Collects a body. Chunks are copied into one buffer that grows, because a list of small chunks could take a hundred times
 * the memory of their bytes.
 */
export function createBody(limits: BodyLimits): Body {
  let bytes: Uint8Array = new Uint8Array();
  let length = 0;
  return {
    add: (chunk) => {
      const needed = length + chunk.length;
      if (needed > limits.maxBodyBytes) throw createTooLarge(limits);
      if (length === 0) {
        // Most bodies arrive in one chunk, which is not copied.
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
