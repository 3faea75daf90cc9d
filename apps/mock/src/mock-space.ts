import type { components, operations } from "@thingspace-callbacks/contract/types/control";
import type { Answer } from "./operations/handler.ts";
import type { Space } from "./spaces/space.ts";

/** A message to send; see the control document's `sendEvent`. */
export type Event = components["schemas"]["Event"];

/** A request that the mock received or sent. */
export type RecordedRequest = components["schemas"]["JournalEntry"];

/** A message with its delivery attempts. */
export type RecordedDelivery = components["schemas"]["Delivery"];

/** A request that is expected, and how often. */
export type Expectation = components["schemas"]["Expectation"];

/** The result of an expectation: true or false, and the closest requests if it is not met. */
export type ExpectationResult = components["schemas"]["ExpectationResult"];

type Query<Id extends "listRequests" | "listDeliveries"> = Omit<
  NonNullable<operations[Id]["parameters"]["query"]>,
  "wait" | "atLeast" | "cursor" | "offset" | "limit"
>;

/** Which requests to list; what is left out matches all. */
export type RequestFilter = Query<"listRequests">;

/** Which deliveries to list; what is left out matches all. */
export type DeliveryFilter = Query<"listDeliveries">;

/** How many entries to wait for, and how long. */
export interface WaitOptions {
  /** @default 1 */
  atLeast?: number;
  /** Milliseconds, at most a minute. @default 5_000 */
  timeoutMs?: number;
}

/** The operations of a mock in one of its spaces. They fail with the errors of the control operations. */
export interface MockSpace {
  /** Answers a request without a port; give it to a client as its `fetch`. Takes what the platform's `fetch` takes. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Forgets everything: registrations, tokens, deliveries, faults, the journal; sets the clock right. */
  reset(): Promise<void>;
  /**
   * Sends a callback message to the URL that is registered for the account.
   *
   * @returns the delivery's id.
   * @throws when nothing is registered.
   */
  deliverEvent(event: Event): Promise<number>;
  /**
   * Sends messages again: that of one delivery (`{ id: 1 }`), or those of all that match.
   *
   * @returns the ids of the new deliveries.
   */
  redeliver(which: operations["redeliver"]["requestBody"]["content"]["application/json"]): Promise<number[]>;
  /** Returns the newest 1,000 requests that match, the newest first. */
  requests(filter?: RequestFilter): Promise<RecordedRequest[]>;
  /** Returns the newest 1,000 deliveries that match, the newest first. */
  deliveries(filter?: DeliveryFilter): Promise<RecordedDelivery[]>;
  /**
   * Resolves with the requests that match, or the deliveries, as soon as there are enough of them.
   *
   * @throws when there are not enough in time.
   * @example
   * await mock.waitFor("deliveries", { status: "delivered" }, { atLeast: 4 });
   */
  waitFor(kind: "requests", filter: RequestFilter, options?: WaitOptions): Promise<RecordedRequest[]>;
  waitFor(kind: "deliveries", filter: DeliveryFilter, options?: WaitOptions): Promise<RecordedDelivery[]>;
  /** Compares the requests with what is expected; with `inOrder`, also their order. */
  verify(
    expected: Expectation[],
    options?: { inOrder?: boolean },
  ): Promise<{ verified: boolean; results: ExpectationResult[] }>;
  /** Moves the clock forward. Messages and retries that are due by then are sent at once, in order. */
  advance(ms: number): Promise<void>;
  /** Saves everything under a name. */
  snapshot(name: string): Promise<void>;
  /** Brings back what was saved under the name. */
  restore(name: string): Promise<void>;
  /** Resolves when no delivery is pending any more. */
  idle(): Promise<void>;
}

/** Calls a control operation without going through HTTP, whether or not it is served there. */
export type CallControl = (
  space: Space,
  operationId: keyof operations,
  request: { path?: Record<string, string>; query?: Record<string, unknown>; body?: unknown },
) => Promise<Answer>;

/** Creates the methods of a mock for one of its spaces. `getSpace` returns it, and creates it if it was dropped. */
export function createMockSpace(
  getSpace: () => Space,
  { fetch, callControl }: { fetch: MockSpace["fetch"]; callControl: CallControl },
): MockSpace {
  const call = async (operationId: keyof operations, request: Parameters<CallControl>[2] = {}) => {
    const { body } = await callControl(getSpace(), operationId, request);
    // biome-ignore lint/suspicious/noExplicitAny: the document says what each operation answers
    return body as any;
  };
  const lists = { requests: "listRequests", deliveries: "listDeliveries" } as const;
  const list = async (kind: keyof typeof lists, filter: object) =>
    (await call(lists[kind], { query: { ...filter, limit: 1_000 } }))[kind];

  return {
    fetch: (input, init) => {
      const request = new Request(input, init);
      request.headers.set("X-Mock-Space", getSpace().name);
      return fetch(request);
    },
    reset: async () => {
      await call("deleteState");
    },
    deliverEvent: async (event) => (await call("sendEvent", { body: event })).deliveries[0],
    redeliver: async (which) => (await call("redeliver", { body: which })).deliveries,
    requests: (filter = {}) => list("requests", filter),
    deliveries: (filter = {}) => list("deliveries", filter),
    waitFor: async (
      kind: keyof typeof lists,
      filter: object,
      { atLeast = 1, timeoutMs = 5_000 }: WaitOptions = {},
    ) => {
      const query = { ...filter, atLeast, wait: `${timeoutMs}ms`, limit: 1_000 };
      const found = await call(lists[kind], { query });
      if (found.total >= atLeast) return found[kind];
      const sought = `${atLeast} ${kind} that match ${JSON.stringify(filter)}`;
      throw new Error(`There were not ${sought} within ${timeoutMs} ms, but ${found.total}.`);
    },
    verify: (expected, { inOrder = false } = {}) => call("verify", { body: { expected, inOrder } }),
    advance: async (ms) => {
      await call("advanceClock", { body: { advanceMs: ms } });
    },
    snapshot: async (name) => {
      await call("saveSnapshot", { body: { name } });
    },
    restore: async (name) => {
      await call("restoreSnapshot", { path: { name } });
    },
    idle: () => getSpace().queue.idle(),
  };
}
