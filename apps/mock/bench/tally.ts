import { isDeepStrictEqual } from "node:util";

/** A response as it is compared. */
export interface Answered {
  status: number;
  body: unknown;
}

/** Counts responses and the unexpected ones, and measures how long they took. */
export interface Tally {
  /** @param expected a status and a body, or a test of the response. */
  add(
    step: string,
    milliseconds: number,
    answer: Answered,
    expected: Answered | ((answer: Answered) => boolean),
  ): void;
  /** Counts a request without a response. */
  fail(step: string, error: unknown): void;
  summary(): { answers: number; unexpected: Map<string, number>; p50Ms: number; p99Ms: number };
}

export function createTally(): Tally {
  const times: number[] = [];
  const unexpected = new Map<string, number>();
  const count = (text: string) => unexpected.set(text, (unexpected.get(text) ?? 0) + 1);
  return {
    add: (step, milliseconds, answer, expected) => {
      times.push(milliseconds);
      const isExpected =
        typeof expected === "function" ? expected(answer) : isDeepStrictEqual(answer, expected);
      if (!isExpected) count(`${step}: ${answer.status} ${JSON.stringify(answer.body)}`);
    },
    fail: (step, error) => count(`${step}: ${error}`),
    summary: () => {
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
      return { answers: times.length, unexpected, p50Ms: at(0.5), p99Ms: at(0.99) };
    },
  };
}
