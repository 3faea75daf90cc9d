import { setTimeout as delay } from "node:timers/promises";
import type { Control } from "../control/control.ts";
import { readPages } from "../control/read-pages.ts";
import { generations } from "../generated/facts.ts";
import type { DeliveryFilter, Expectation, RequestFilter } from "./scenario.ts";
import { describeExpectation } from "./title.ts";

/** The newest entries before the scenario began. */
export interface Start {
  delivery: number;
  request: number;
}

const pauseMs = 50;
const maxShown = 5;

/** Returns the newest entries of the mock. */
export async function readStart(control: Control): Promise<Start> {
  const { deliveries } = await control({
    operationId: "listDeliveries",
    query: { limit: "1" },
  });
  const { requests } = await control({
    operationId: "listRequests",
    query: { limit: "1" },
  });
  return { delivery: deliveries[0]?.id ?? 0, request: requests[0]?.id ?? 0 };
}

/** Waits until an expectation is met. @returns what is wrong, if it is not met in time */
export async function checkExpectation(
  control: Control,
  start: Start,
  expectation: Expectation,
  waitMs: number,
): Promise<string | undefined> {
  const end = performance.now() + (expectation.within ?? waitMs);
  for (;;) {
    const found = await findEntries(control, start, expectation);
    if (isMet(found.length, expectation)) return undefined;
    if (performance.now() >= end) {
      const similar = found.length === 0 ? await findEntries(control, start, relax(expectation)) : [];
      return describeFailure(expectation, found, similar);
    }
    await delay(pauseMs);
  }
}

function isMet(found: number, { count, atLeast, atMost }: Expectation): boolean {
  if (count !== undefined) return found === count;
  const least = atLeast ?? (atMost === undefined ? 1 : 0);
  return found >= least && found <= (atMost ?? Number.POSITIVE_INFINITY);
}

function describeFailure(expectation: Expectation, found: string[], similar: string[]): string {
  const list = found.length > 0 ? `: ${listSome(found)}` : "";
  // The oldest are shown, because newer messages wait for them.
  const others = similar.length > 0 ? ` There are others: ${listSome(similar)}.` : "";
  return `Expected ${describeExpectation(expectation)}, found ${found.length}${list}.${others}`;
}

function listSome(entries: string[]): string {
  const shown = entries.slice(0, maxShown);
  const more = entries.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** Returns an expectation that entries with another outcome meet, too. */
function relax({ deliveries, requests, registrations }: Expectation): Expectation {
  if (deliveries) return { deliveries: omit(deliveries, ["status", "attempts"]) };
  if (requests) return { requests: omit(requests, ["status", "body"]) };
  return { registrations: omit(registrations ?? {}, ["url"]) };
}

/** Returns a line for each entry that matches. */
async function findEntries(control: Control, start: Start, expectation: Expectation): Promise<string[]> {
  const { deliveries, requests, registrations = {} } = expectation;
  if (deliveries) return findDeliveries(control, start, deliveries);
  if (requests) return findRequests(control, start, requests);
  const { api, account, url } = registrations;
  const state = await control({
    operationId: "getState",
  });
  return state.registrations
    .filter(
      (one) =>
        (api === undefined || one.api === generations[api].registration) &&
        (account === undefined || one.account === account) &&
        (url === undefined || one.url === url),
    )
    .map((one) => `${one.api} ${one.account}`);
}

async function findDeliveries(
  control: Control,
  { delivery }: Start,
  { attempts, ...filter }: DeliveryFilter,
): Promise<string[]> {
  const found = await readPages(async (page) => {
    const query = { ...filter, ...page, after: String(delivery) };
    const { deliveries, nextCursor } = await control({ operationId: "listDeliveries", query });
    return { entries: deliveries, nextCursor };
  });
  return found
    .filter((one) => attempts === undefined || one.attempts.length === attempts)
    .map(({ id, type, status, attempts }) => {
      const last = attempts.at(-1);
      return `${id} ${type || "(no type)"} ${status}${last ? ` (${last.status ?? last.error})` : ""}`;
    })
    .reverse();
}

async function findRequests(
  control: Control,
  { request }: Start,
  { body, ...filter }: RequestFilter,
): Promise<string[]> {
  const found = await readPages(async (page) => {
    const query = { ...filter, ...page, after: String(request) };
    const { requests, nextCursor } = await control({ operationId: "listRequests", query });
    return { entries: requests, nextCursor };
  });
  return found
    .filter((one) => body === undefined || includes(parseBody(one.body), body))
    .map(({ id, operationId, direction, status }) =>
      `${id} ${operationId ?? direction} ${status ?? ""}`.trim(),
    )
    .reverse();
}

function parseBody(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const omit = <Value extends object>(value: Value, names: string[]) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) as Partial<Value>;

/** True if a value has these members, and those have theirs. Lists must be equal. */
function includes(value: unknown, expected: unknown): boolean {
  if (typeof expected !== "object" || expected === null) return value === expected;
  if (typeof value !== "object" || value === null || Array.isArray(value) !== Array.isArray(expected))
    return false;
  if (Array.isArray(expected) && expected.length !== (value as unknown[]).length) return false;
  return Object.entries(expected).every(
    ([name, member]) =>
      Object.hasOwn(value, name) && includes((value as Record<string, unknown>)[name], member),
  );
}
