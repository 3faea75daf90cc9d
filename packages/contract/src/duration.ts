/** Formats a number of seconds in hours or minutes, such as "2 hours" or "1 minute". */
export function formatDuration(seconds: number): string {
  const [count, unit] = seconds % 3_600 === 0 ? [seconds / 3_600, "hour"] : [seconds / 60, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
