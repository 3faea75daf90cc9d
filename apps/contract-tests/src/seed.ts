/** The seed of every random choice of the tests: that of vitest.config.ts, or `CONTRACT_SEED` to repeat a run. */
export const seed = Number(process.env["CONTRACT_SEED"]);
if (!Number.isInteger(seed)) {
  throw new Error(`CONTRACT_SEED must be an integer, not ${process.env["CONTRACT_SEED"]}.`);
}

/** Says how to repeat the run. */
export const announceSeed = () => console.log(`CONTRACT_SEED=${seed} repeats this run.`);
