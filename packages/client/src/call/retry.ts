const baseMs = 500;
const longestMs = 8_000;
const longestAskedForMs = 60_000;

/** Returns true if another attempt may get another response. An attempt without a response has no status. */
export function isRetryable(status: number | undefined): boolean {
  return status === undefined || [408, 429, 500, 502, 503, 504].includes(status);
}

/**
 * Returns how long to wait before the next attempt, in milliseconds: the time of `Retry-After`, at most a minute;
 * without one a random part of 500 ms, doubled for each earlier retry, at most 8 seconds ("full jitter").
 *
 * @param retry how many retries there were before.
 */
export function getDelayMs(retry: number, headers: Headers | undefined): number {
  const asked = headers?.get("Retry-After") ?? "";
  // RFC 9110, 10.2.3: seconds or a date.
  const askedMs = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return askedMs >= 0
    ? Math.min(askedMs, longestAskedForMs)
    : Math.random() * Math.min(baseMs * 2 ** retry, longestMs);
}
