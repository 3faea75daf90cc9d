/** Shows on a terminal what is being measured, in one line that is overwritten. A log gets the results only. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
}
