/**
 * How long the tests of a package wait, in milliseconds, for what should happen soon. A busy machine takes its time: where
 * tests of several packages run side by side on two processors, a process that starts in half a second may take twenty.
 *
 * @example
 * // vitest.config.ts
 * export default defineConfig({ test: { ...timeLimits } });
 */
export const timeLimits = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
};
