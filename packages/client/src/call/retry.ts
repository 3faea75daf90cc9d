const baseMs = 500;
const longestMs = 8_000;
const longestAskedForMs = 60_000;

/** Returns true if another attempt may get another answer. A lost answer has no status, and counts as 408. */
export const isRetryable = (status = 408) => [408, 429, 500, 502, 503, 504].includes(status);

/**
 * How long to wait before the next attempt, in milliseconds: what `Retry-After` says, at most a minute; without one a
 * random part of 500 ms, doubled for each retry before, at most 8 seconds ("full jitter").
 */
export function pauseMs(retry: number, headers: Headers | undefined): number {
  const asked = headers?.get("Retry-After") ?? "";
  // RFC 9110, 10.2.3: seconds or a date.
  const askedMs = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return askedMs >= 0
    ? Math.min(askedMs, longestAskedForMs)
    : Math.random() * Math.min(baseMs * 2 ** retry, longestMs);
}
