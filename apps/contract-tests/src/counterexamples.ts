import type { Step } from "./sequence.ts";

/**
 * Sequences that have failed, as fast-check printed them after shrinking; they run first, every time. To keep another
 * one, copy what stands behind `Counterexample:` in the report of a failure.
 */
export const kept: Step[][] = [];
