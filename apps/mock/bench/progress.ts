/** Says on standard error what is being done, in one line that is overwritten; in a log only the results are wanted. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
}
