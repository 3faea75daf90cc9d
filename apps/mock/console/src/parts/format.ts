/** Formats a time of day, with milliseconds, as the clock of the reader's machine shows it. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  const pad = (value: number, length = 2) => String(value).padStart(length, "0");
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => pad(part)).join(":");
  return `${clock}.${pad(time.getMilliseconds(), 3)}`;
}

/** Formats JSON text with a line per member; other text stays as it is. */
export function formatBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Returns the kind of a status, by which it has its color. */
export function rateStatus(status: number | undefined): "good" | "bad" | "warn" {
  if (status === undefined || status >= 500) return "bad";
  return status >= 400 ? "warn" : "good";
}

/** Writes a number with its noun. */
export const count = (number: number, noun: string, plural = `${noun}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
