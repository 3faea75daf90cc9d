/** What every random choice of the tests comes from; `CONTRACT_SEED` repeats those of an earlier run. */
export const seed = Number(process.env["CONTRACT_SEED"] || Math.floor(Math.random() * 2 ** 31));
if (!Number.isInteger(seed)) {
  throw new Error(`CONTRACT_SEED must be an integer, not ${process.env["CONTRACT_SEED"]}.`);
}

/** Says how to repeat the run. */
export const announceSeed = () => console.log(`CONTRACT_SEED=${seed} repeats this run.`);
