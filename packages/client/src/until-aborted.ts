/** What a function comes to, or the signal's reason as soon as it is aborted. Leaves nothing behind. */
export function untilAborted<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return run();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  if (signal.aborted) return Promise.reject(signal.reason);
  return Promise.race([run(), aborted]).finally(() => signal.removeEventListener("abort", stop));
}
