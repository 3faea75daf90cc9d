export interface TimeoutOptions {
  /** In milliseconds. */
  timeoutMs: number;
  /** Ends the wait before the timeout. */
  signal: AbortSignal | undefined;
  /**
   * Returns the error to throw when the time has passed.
   * @default undefined
   */
  createError?: () => Error;
}

/**
 * Runs a function with a timeout and resolves with its result. When the time has passed or the signal is aborted, the
 * signal that `run` gets is aborted, and `run` is not waited for. Leaves neither timer nor listener behind.
 *
 * @throws the error of `createError`, the signal's reason, or what `run` throws.
 */
export function withTimeout<T>(
  run: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal, createError }: TimeoutOptions,
): Promise<T> {
  // One promise and no async function: every call waits here.
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const controller = new AbortController();
    const timer = setTimeout(() => stop(createError?.()), timeoutMs);
    const onAbort = () => stop(signal?.reason);
    signal?.addEventListener("abort", onAbort);

    const cleanUp = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    const stop = (reason: unknown) => {
      cleanUp();
      reject(reason);
      controller.abort(reason);
    };
    run(controller.signal).then((value) => {
      cleanUp();
      resolve(value);
    }, stop);
  });
}
