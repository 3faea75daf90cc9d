/** Runs a function of the caller whose failure must not fail the call, and resolves with undefined if it fails. */
export async function ignoreErrors<T>(run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch {
    return undefined;
  }
}
