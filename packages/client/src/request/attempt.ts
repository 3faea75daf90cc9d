import type { Answer, AttemptEnd, Call } from "../call/call.ts";
import { withTimeout } from "../call/timeout.ts";
import type { ClientOptions } from "../options.ts";
import { ThingSpaceTimeoutError } from "../result/errors.ts";
import { toNetworkError } from "./network-error.ts";

/** One attempt: a response whose body has been read, or the error of an attempt without one. */
export type Attempted = AttemptEnd &
  ((Answer & { error?: undefined }) | { error: Error; response?: undefined });

export const defaultTimeoutMs = 10_000;

/**
 * Sends a call once and reads its response to the end.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function attempt(call: Call, options: ClientOptions): Promise<Attempted> {
  const { method, url, headers, body, signal, info } = call;
  const { fetch = globalThis.fetch } = options;
  const timeoutMs = call.timeoutMs ?? options.timeoutMs ?? defaultTimeoutMs;
  const createError = () =>
    new ThingSpaceTimeoutError(info, `got no answer within ${timeoutMs} ms.`, { timeoutMs });
  const fetchAll = async (signal: AbortSignal): Promise<Attempted> => {
    // A redirect is not followed: the session token would go along.
    const response = (await fetch(url, { method, headers, body, redirect: "manual", signal })) as Response;
    return { response, text: await response.text(), status: response.status, isUnsent: false };
  };
  try {
    return await withTimeout(fetchAll, { timeoutMs, signal, createError });
  } catch (thrown) {
    signal?.throwIfAborted();
    const error = thrown instanceof ThingSpaceTimeoutError ? thrown : toNetworkError(thrown, info);
    return { error, status: undefined, isUnsent: "isUnsent" in error && error.isUnsent };
  }
}
