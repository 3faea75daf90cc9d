/** Runs a function of the caller's whose failure must not become the call's. */
export async function quietly<T>(run: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch {
    return undefined;
  }
}
