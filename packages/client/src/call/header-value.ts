/** Returns true if a header can have this value. For others `Headers` throws an error that shows the value. */
export const isHeaderValue = (value: unknown): value is string =>
  typeof value === "string" && /^[\t -~\x80-\xff]+$/.test(value);
