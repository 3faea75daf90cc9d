/** Whether it can be sent in a header. What `Headers` throws otherwise would show the value. */
export const isHeaderValue = (value: unknown): value is string =>
  typeof value === "string" && /^[\t -~\x80-\xff]+$/.test(value);
