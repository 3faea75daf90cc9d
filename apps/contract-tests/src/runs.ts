/**
 * How often a property is tried with other input: as often as `thorough` says in `pnpm test:random`, which runs at night, and
 * a third of it otherwise. Every run has a seed of its own, so that many runs try what one does not.
 */
export const countRuns = (thorough: number) =>
  process.env["MODE"] === "random" ? thorough : Math.ceil(thorough / 3);
