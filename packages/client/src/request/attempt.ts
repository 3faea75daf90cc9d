import type { Call } from "../call/call.ts";
import { timed } from "../call/timeout.ts";
import type { ClientOptions } from "../options.ts";

/** An answer whose body has been read. */
export interface Answer {
  response: Response;
  text: string;
}

/**
 * Sends a call once and reads its answer to the end.
 *
 * @throws what {@link timed} throws.
 */
export const attempt = (
  { method, url, headers, body, signal: callSignal }: Call,
  fetch: ClientOptions["fetch"] = globalThis.fetch,
  timeoutMs: number,
): Promise<Answer> =>
  timed(timeoutMs, callSignal, async (signal) => {
    // A redirect is not followed: the session token would go along.
    const response = (await fetch(url, { method, headers, body, redirect: "manual", signal })) as Response;
    return { response, text: await response.text() };
  });
