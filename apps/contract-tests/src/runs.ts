/** True in `pnpm test:random`, which runs at night. */
export const isThorough = process.env["MODE"] === "random";

/**
 * How often a property is tried with other input: as often as `thorough` says in `pnpm test:random`, and a fifth of it otherwise.
 * Every run has a seed of its own, so that many runs try what one does not.
 */
export const countRuns = (thorough: number) => (isThorough ? thorough : Math.ceil(thorough / 5));

/**
 * The documents that a command of stock Prism is started with, which takes a second or two for each: all of them in
 * `pnpm test:random`, and the first one otherwise. The embedded Prism reads all of them in every run.
 */
export const forStockPrism = <T>(all: T[]): T[] => (isThorough ? all : all.slice(0, 1));
