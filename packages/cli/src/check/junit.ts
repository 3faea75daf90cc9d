import type { JUnitSuite } from "../output/junit.ts";
import type { CheckReport } from "./check-listener.ts";

/** Returns a report as the group of tests of a JUnit report. */
export function toJUnit({ cases }: CheckReport, api: string): JUnitSuite {
  return {
    name: "check-listener",
    cases: cases.map(({ id, title, problems, reason, answers }) => ({
      className: `check-listener.${api}`,
      name: `${id}: ${title}`,
      durationMs: answers.reduce((sum, { durationMs }) => sum + durationMs, 0),
      failures: problems,
      skipped: reason,
    })),
  };
}
