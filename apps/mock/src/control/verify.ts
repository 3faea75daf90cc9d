import type { components } from "@thingspace-callbacks/contract/types/control";
import { isObject } from "../is-object.ts";
import type { JournalEntry } from "../journal/journal.ts";

type Expectation = components["schemas"]["Expectation"];
type Result = components["schemas"]["ExpectationResult"];
type Difference = Result["nearest"][number]["differences"][number];

/** A request of the journal, and its differences from an expectation. */
interface Candidate {
  request: JournalEntry;
  differences: Difference[];
}

/** The result of an expectation, with requests as the journal has them. */
type ExpectationResult = Omit<Result, "nearest"> & { nearest: Candidate[] };

const shownMisses = 3;

/** Verifies that the requests, the oldest first, are as expected. */
export function verifyRequests(
  requests: JournalEntry[],
  { expected, inOrder }: { expected: Expectation[]; inOrder: boolean },
): { verified: boolean; results: ExpectationResult[] } {
  const compared = expected.map((expectation) => ({
    expectation,
    requests: requests.map((request) => ({ request, differences: findDifferences(request, expectation) })),
  }));
  let position = 0;
  const results = compared.map(({ expectation, requests: candidates }, index): ExpectationResult => {
    const matching = candidates.filter(({ differences }) => differences.length === 0);
    const matched = matching.length;
    const result = { verified: true, matched, nearest: [] };
    const problem = describeCount(expectation, matched);
    if (problem) {
      const isTooFew = matched < (expectation.count ?? expectation.atLeast ?? 1);
      return { ...result, verified: false, problem, nearest: isTooFew ? findNearest(candidates) : [] };
    }
    if (!inOrder || matched === 0) return result;
    const next = matching.find(({ request }) => request.id > position)?.request.id;
    if (next === undefined) {
      return { ...result, verified: false, problem: `none of them came after that of expected.${index - 1}` };
    }
    position = next;
    return result;
  });
  return { verified: results.every(({ verified }) => verified), results };
}

function describeCount({ count, atLeast, atMost }: Expectation, matched: number): string | undefined {
  const least = count ?? atLeast ?? (atMost === undefined ? 1 : 0);
  const most = count ?? atMost ?? Number.POSITIVE_INFINITY;
  if (matched >= least && matched <= most) return undefined;
  const range = [
    ...(least > 0 || count === 0 ? [least === most ? `exactly ${least}` : `at least ${least}`] : []),
    ...(most !== Number.POSITIVE_INFINITY && least !== most ? [`at most ${most}`] : []),
  ];
  return `expected ${range.join(" and ")}, but ${matched} matched`;
}

/** Returns the requests with the fewest differences, the newest of them first. */
function findNearest(candidates: Candidate[]): Candidate[] {
  return candidates
    .filter(({ differences }) => differences.length > 0)
    .reverse()
    .sort((a, b) => a.differences.length - b.differences.length)
    .slice(0, shownMisses);
}

function findDifferences(request: JournalEntry, expectation: Expectation): Difference[] {
  const members = (["api", "operationId", "account", "direction"] as const).flatMap((member) =>
    expectation[member] === undefined || expectation[member] === request[member]
      ? []
      : [{ member, expected: expectation[member], actual: request[member] }],
  );
  const { status, body } = expectation;
  return [
    ...members,
    ...(status === undefined || hasStatus(request, status)
      ? []
      : [{ member: "status", expected: status, actual: request.status }]),
    ...(body === undefined ? [] : compare(["body"], body, parseBody(request.body))),
  ];
}

function hasStatus({ status }: JournalEntry, wanted: string): boolean {
  const given = String(status);
  return wanted.endsWith("xx") ? given.charAt(0) === wanted.charAt(0) : given === wanted;
}

function parseBody(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return text;
  }
}

/** Compares what is expected with what there is: objects may have more members, lists must be equal. */
function compare(path: string[], expected: unknown, actual: unknown): Difference[] {
  if (isObject(expected) && isObject(actual)) {
    return Object.entries(expected).flatMap(([name, value]) =>
      compare([...path, name], value, Object.hasOwn(actual, name) ? actual[name] : undefined),
    );
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((value, index) => compare([...path, String(index)], value, actual[index]));
  }
  return Object.is(expected, actual) ? [] : [{ member: path.join("."), expected, actual }];
}
