import type { Method } from "@thingspace-callbacks/contract/catalogue";
import { type Call, exampleCall, operations } from "../call.ts";
import type { Difference } from "../difference.ts";
import type { Target } from "./target.ts";

/** One call to the live service, and what should come of it. */
export interface Step {
  /** What is called, in what situation; the report's heading. */
  when: string;
  call: Call;
  status: number;
  /** What the situation asks of the body besides what the document asks of it. */
  check?: (body: unknown) => Difference[];
}

const ofAccounts = operations.filter(({ operation }) =>
  operation.parameters.some(({ name }) => name === "account"),
);
const callbackApis = [...new Set(ofAccounts.map(({ api }) => api))];

/** What may be asked of anybody's account: its lists, also in ways that must be refused. */
export function safeSteps({ account }: Target): Step[] {
  return callbackApis.flatMap((api) => {
    const call = callOf(api, account, "get");
    return [
      { when: "as it is", call, status: 200 },
      { when: "without tokens", call: { ...call, headers: {} }, status: 401 },
      { when: "for an account that cannot be", call: callOf(api, "x".repeat(65), "get"), status: 400 },
    ];
  });
}

/** The life of a registration in each generation, for an account that may lose the registrations it has. */
export function lifeSteps({ sacrifice, url }: Target): Step[] {
  if (!sacrifice) return [];
  return callbackApis.flatMap((api) => {
    const list = callOf(api, sacrifice, "get");
    const register = withUrl(callOf(api, sacrifice, "post"), url);
    const moved = new URL("moved", url).href;
    const update = withUrl(callOf(api, sacrifice, "put", "post"), moved);
    const deregister = callOf(api, sacrifice, "delete");
    return [
      { when: "to register", call: register, status: 200 },
      { when: "after registering", call: list, status: 200, check: listsUrl(url) },
      { when: "to move", call: update, status: 200 },
      { when: "after moving", call: list, status: 200, check: listsUrl(moved) },
      { when: "to remove it", call: deregister, status: 200 },
      { when: "after removing it", call: list, status: 200, check: listsUrl(undefined) },
      { when: "with nothing to remove", call: deregister, status: 400 },
    ];
  });
}

/** A call of the operation with the first of these methods that the API has. */
function callOf(api: string, account: string, ...methods: Method[]): Call {
  const found = methods.flatMap((method) =>
    ofAccounts.filter((row) => row.api === api && row.operation.method === method),
  )[0];
  if (!found) throw new Error(`${api} has no ${methods.join(" or ")} operation`);
  const call = exampleCall(api, found.operation);
  return { ...call, parameters: { ...call.parameters, account } };
}

const withUrl = (call: Call, url: string): Call => ({ ...call, body: { ...(call.body as object), url } });

/** Whether a list has the URL that was registered last, or none; V1 lists in an array. */
const listsUrl = (expected: string | undefined) => (body: unknown) => {
  const [first] = [body].flat() as ({ url?: unknown } | undefined)[];
  const actual = first?.url;
  if (actual === expected) return [];
  const shown = (url: unknown) => (url === undefined ? "nothing registered" : JSON.stringify(url));
  return [{ at: "body, url", documented: shown(expected), actual: shown(actual) }];
};
