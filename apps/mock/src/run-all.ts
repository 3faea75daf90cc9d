/**
 * Runs steps one after the other, such as those that close what belongs together. Each runs even if one before it fails.
 *
 * @throws what the first step that failed has thrown
 */
export async function runAll(steps: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
