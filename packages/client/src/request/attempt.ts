import type { AttemptEnd, Call, ReadResponse } from "../call/call.ts";
import { callHook } from "../call/hooks.ts";
import { withTimeout } from "../call/timeout.ts";
import type { ClientOptions } from "../options.ts";
import { ThingSpaceTimeoutError } from "../result/errors.ts";
import { toNetworkError } from "./network-error.ts";
import type { Transport } from "./transport.ts";

/** One attempt: a response whose body has been read, or the error of an attempt without one. */
export type Attempted = AttemptEnd &
  ((ReadResponse & { error?: undefined }) | { error: Error; response?: undefined });

export const defaultTimeoutMs = 10_000;

/**
 * Sends a call once, reads its response to the end, and tells the hooks.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function attempt(call: Call, { options, watch }: Transport): Promise<Attempted> {
  const { onRequest, onResponse } = options;
  call.info.attempts += 1;
  callHook(onRequest, call, call.headers, {});
  const noteEnd = watch?.(call);
  const begin = Date.now();
  let attempted: Attempted;
  try {
    attempted = await fetchText(call, options);
  } catch (thrown) {
    call.signal?.throwIfAborted();
    const error = thrown instanceof ThingSpaceTimeoutError ? thrown : toNetworkError(thrown, call.info);
    attempted = { error, status: undefined, isUnsent: "isUnsent" in error && error.isUnsent };
  }
  noteEnd?.(attempted);
  const { response } = attempted;
  if (response) {
    const { status, headers } = response;
    callHook(onResponse, call, headers, { status, durationMs: Date.now() - begin });
  }
  return attempted;
}

function fetchText(call: Call, options: ClientOptions): Promise<Attempted> {
  const { method, url, headers, body, signal, info } = call;
  const { fetch = globalThis.fetch } = options;
  const timeoutMs = call.timeoutMs ?? options.timeoutMs ?? defaultTimeoutMs;
  const createError = () =>
    new ThingSpaceTimeoutError(info, `got no response within ${timeoutMs} ms.`, { timeoutMs });
  const run = async (signal: AbortSignal): Promise<Attempted> => {
    // A redirect is not followed: the session token would go along.
    const response = (await fetch(url, { method, headers, body, redirect: "manual", signal })) as Response;
    return { response, text: await response.text(), status: response.status };
  };
  return withTimeout(run, { timeoutMs, signal, createError });
}
