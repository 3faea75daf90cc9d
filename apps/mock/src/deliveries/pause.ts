/** A timer takes no more. */
const longestTimerMs = 2 ** 31 - 1;

/** Resolves after a pause, as soon as the signal is aborted, or after the longest time that a timer takes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, longestTimerMs));
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
