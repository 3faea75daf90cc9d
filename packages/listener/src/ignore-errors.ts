/** Calls a hook of the user, whose failure must change nothing. */
export function ignoreErrors(callHook: () => unknown): void {
  try {
    Promise.resolve(callHook()).catch(() => {});
  } catch {
    // See above.
  }
}
