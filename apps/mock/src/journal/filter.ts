import type { JournalEntry, NewEntry } from "./journal.ts";

/** Which requests to list; what is left out matches all. */
export interface RequestFilter {
  /** Only those with a greater id. */
  after?: number;
  api?: string;
  operationId?: string;
  account?: string;
  direction?: "in" | "out";
  /** A status such as `503`, or a class such as `5xx`. */
  status?: string;
  /** Is searched in what is shown, so that nobody can guess a secret by it. */
  text?: string;
  since?: string;
  until?: string;
}

/** Returns a function that tells whether an entry matches; undefined when each does. */
export function createMatcher(
  filter: Omit<RequestFilter, "after">,
  show: (entry: NewEntry) => JournalEntry,
): ((entry: NewEntry) => boolean) | undefined {
  const { api, operationId, account, direction, status, text, since, until } = filter;
  const rules: ((entry: NewEntry) => boolean)[] = [];
  if (api !== undefined) rules.push((entry) => entry.api === api);
  if (operationId !== undefined) rules.push((entry) => entry.operationId === operationId);
  if (account !== undefined) rules.push((entry) => entry.account === account);
  if (direction !== undefined) rules.push((entry) => entry.direction === direction);
  if (status !== undefined) {
    const matchesStatus = status.endsWith("xx")
      ? (given: string) => given.charAt(0) === status.charAt(0)
      : (given: string) => given === status;
    rules.push((entry) => entry.status !== undefined && matchesStatus(String(entry.status)));
  }
  if (since !== undefined) rules.push(({ at }) => at >= Date.parse(since));
  if (until !== undefined) rules.push(({ at }) => at <= Date.parse(until));
  if (text !== undefined) {
    const wanted = text.toLowerCase();
    rules.push((entry) => JSON.stringify(show(entry)).toLowerCase().includes(wanted));
  }
  return rules.length === 0 ? undefined : (entry) => rules.every((rule) => rule(entry));
}
