import assert from "node:assert/strict";

/** A function whose time is measured, and how its input is made. */
export interface GrowthTest<Input> {
  /** Builds an input that is `size` units large: characters, members, headers. It is not timed. */
  input: (size: number) => Input;
  /** Handles one input. An error that it throws ends the test, so catch the refusal that is expected. */
  run: (input: Input) => unknown;
  /**
   * The first size to try. It is doubled until a run takes a quarter of a millisecond.
   * @default 1000
   */
  size?: number;
  /**
   * The largest size to build, for an input with a limit of its own, such as 16,000 bytes of headers.
   * @default 4000000
   */
  largestSize?: number;
}

/** How much larger the larger input is. */
const inputFactor = 4;
/** How many times as long it may take. Linear functions measure 3 to 5, `n log n` below 5, quadratic ones 16. */
export const timeFactor = 6;

/** A shorter run says more about the clock than about the function. */
const shortestMs = 0.25;
const rounds = 25;
/** Slow functions are run fewer times, but not less often than this. */
const fewestRounds = 5;
/** How long a measurement takes at most. */
const longestMs = 1_500;
const attempts = 4;
const mostCalls = 1_000;

/**
 * Fails if a function takes more than 6 times as long for an input that is 4 times as large.
 *
 * It finds a size that takes long enough to measure, then compares the shortest of several interleaved runs. The time is that
 * of the processor, because on a loaded machine other processes interrupt a run. A growth that is too large is measured again.
 *
 * @throws {AssertionError} with the growth that was measured
 * @example
 * await assertLinear({ input: (size) => "?".repeat(size), run: (text) => redactUrl(text) });
 */
export async function assertLinear<Input>(test: GrowthTest<Input>): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < attempts && least > timeFactor; attempt++) {
    // Each time with a larger input: what a function costs at a certain size, such as another kind of memory, is left behind.
    least = Math.min(least, await measureGrowth(test, shortestMs * 2 ** attempt));
  }
  const [input, time] = [inputFactor, least.toFixed(1)];
  assert(
    least <= timeFactor,
    `The input grows ${input} times and the time ${time} times; ${timeFactor} are allowed.`,
  );
}

/** Resolves with the factor by which the time grows when the input grows 4 times. */
export async function measureGrowth<Input>(test: GrowthTest<Input>, leastMs = shortestMs): Promise<number> {
  const size = await measurableSize(test, leastMs);
  const small = test.input(size);
  const large = test.input(size * inputFactor);
  // A function that is fast at the largest size is called several times per run.
  const once = await warmTimeOf(test.run, small);
  const calls = Math.max(1, Math.min(mostCalls, Math.ceil(leastMs / once)));
  let shortestSmall = Number.POSITIVE_INFINITY;
  let shortestLarge = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= fewestRounds && performance.now() - start > longestMs) break;
    shortestSmall = Math.min(shortestSmall, await timeOf(test.run, small, calls));
    shortestLarge = Math.min(shortestLarge, await timeOf(test.run, large, calls));
  }
  return shortestLarge / shortestSmall;
}

/** The first size that takes long enough, or the largest whose fourfold may still be built. */
async function measurableSize<Input>(
  { input, run, size = 1_000, largestSize = 4_000_000 }: GrowthTest<Input>,
  leastMs: number,
) {
  const last = Math.floor(largestSize / inputFactor);
  let candidate = Math.min(size, last);
  while (candidate < last && (await warmTimeOf(run, input(candidate))) < leastMs) {
    candidate = Math.min(candidate * 2, last);
  }
  return candidate;
}

/** Milliseconds that one call takes, without what a first call costs in addition. */
async function warmTimeOf<Input>(run: (input: Input) => unknown, input: Input): Promise<number> {
  return Math.min(await timeOf(run, input, 1), await timeOf(run, input, 1), await timeOf(run, input, 1));
}

/** Milliseconds of processor time that so many calls take, one after the other. */
async function timeOf<Input>(run: (input: Input) => unknown, input: Input, calls: number): Promise<number> {
  const start = processorMs();
  for (let call = 0; call < calls; call++) {
    const result = run(input);
    if (result instanceof Promise) await result;
  }
  return processorMs() - start;
}

/** Milliseconds of processor time that this process has used. Windows counts in steps of 16 ms, so there it is the clock. */
function processorMs(): number {
  if (process.platform === "win32") return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
