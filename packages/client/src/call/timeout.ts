/** The reason when a function took too long. */
export const tooLong = "too long";

/**
 * What a function comes to within so many milliseconds, if they are given; without a function, a pause. Leaves neither
 * timer nor listener behind.
 *
 * @throws {@link tooLong}, or the signal's reason; the function's own signal is then aborted, and it is not waited for.
 * @throws what the function throws.
 */
export function timed<T>(
  ms: number | undefined,
  signal: AbortSignal | undefined,
  run?: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    };
    const fail = (reason: unknown) => {
      end();
      reject(reason);
      controller.abort(reason);
    };
    const done = (value?: T) => {
      end();
      resolve(value as T);
    };
    const stop = () => fail(signal?.reason);
    const timer = ms && setTimeout(run ? fail : done, ms, tooLong);
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop);
    run?.(controller.signal).then(done, fail);
  });
}
