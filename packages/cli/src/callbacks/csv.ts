/** Formats rows as CSV (RFC 4180). */
export const formatCsv = (rows: string[][]) =>
  rows.map((row) => `${row.map(formatField).join(",")}\r\n`).join("");

/** A spreadsheet takes a field that begins with one of these for a formula. */
const formula = /^[=+\-@\t\r]/;

function formatField(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
