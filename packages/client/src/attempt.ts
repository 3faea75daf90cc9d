import type { Call } from "./call.ts";
import type { ClientOptions } from "./options.ts";

/** An answer whose body has been read. */
export interface Answer {
  response: Response;
  text: string;
}

/** The reason of an attempt that took too long. */
export const tooLong = Symbol("too long");

/**
 * Sends a call once and reads its answer to the end.
 *
 * @throws {@link tooLong}; the signal's reason; what `fetch` throws. `fetch` is told to stop, but not waited for.
 */
export function attempt(
  { url, method, headers, body, signal }: Call,
  fetch: ClientOptions["fetch"],
  timeoutMs: number,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A hook may have aborted it.
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    // A redirect is not followed: the session token would go along.
    const init: RequestInit = {
      method,
      headers,
      body: body ?? null,
      redirect: "manual",
      signal: controller.signal,
    };
    const stop = (reason: unknown) => {
      reject(reason);
      controller.abort(reason);
    };
    const timer = setTimeout(stop, timeoutMs, tooLong);
    const abort = () => stop(signal?.reason);
    signal?.addEventListener("abort", abort);
    const run = async () => {
      try {
        const response = await (fetch ? fetch(new Request(url, init)) : globalThis.fetch(url, init));
        // What a browser makes of a redirect that is not followed; elsewhere it is an answer like others.
        if (response.type === "opaqueredirect") throw new TypeError("a redirect, which is not followed.");
        resolve({ response, text: await response.text() });
      } catch (error) {
        reject(error);
      }
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    run();
  });
}
