/**
 * The benchmark harness of this repository.
 *
 * A machine with other work on it can be twice as slow from one minute to the next. So nothing here reports a single time:
 * a subject and its peer take turns in short rounds, each round gives a ratio, and the result is the median of the ratios
 * with its spread.
 *
 * @module
 */

// The command line and the report.
export { createBenchCommand, parsePositive } from "./command-line.ts";
// The comparison.
export { type Contestant, compareWithPeers, type Pairing } from "./compare.ts";

// Servers and their load, each on a core of its own where the system allows it.
export { type Load, type LoadGenerator, type LoadOptions, startLoadGenerator } from "./load.ts";
export { describeMachine } from "./machine.ts";
export { isPinned, spawnNode, stop } from "./processes.ts";
export { showProgress } from "./progress.ts";
export { readResidentMemory } from "./resident-memory.ts";
export { quantile, type Spread, spreadOf } from "./spread.ts";
export { formatRatio, formatTable } from "./table.ts";
