import { untilAborted } from "./until-aborted.ts";

export interface TimeoutOptions {
  /** In milliseconds. */
  timeoutMs: number;
  /** Ends the wait before the timeout. */
  signal: AbortSignal | undefined;
  /**
   * Returns the error to throw when the time has passed.
   * @default an `AbortError`
   */
  createError?: () => Error;
}

/**
 * Runs a function with a timeout and resolves with its result. When the time has passed or the signal is aborted, the
 * signal that `run` gets is aborted, and `run` is not waited for. Leaves neither timer nor listener behind.
 *
 * @throws the error of `createError`, the signal's reason, or what `run` throws.
 */
export async function withTimeout<T>(
  run: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal, createError }: TimeoutOptions,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(createError?.()), timeoutMs);
  signal?.addEventListener("abort", onAbort);
  try {
    return await untilAborted(run(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}
