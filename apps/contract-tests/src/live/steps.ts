import { findByRole, type Generation, generations, type Role } from "@thingspace-callbacks/contract";
import { type Call, exampleCall } from "../call.ts";
import type { Difference } from "../difference.ts";
import type { Target } from "./target.ts";

/** One call to the live service, and what should come of it. */
export interface Step {
  /** The operation and the situation, for the heading of the report. */
  when: string;
  call: Call;
  status: number;
  /** Checks the body against the situation, in addition to the document. */
  check?: (body: unknown) => Difference[];
}

/** The steps that are safe for any account: its lists, including calls that must be refused. */
export function safeSteps({ account }: Target): Step[] {
  return generations.flatMap((generation) => {
    const call = callOf(generation, account, "list");
    return [
      { when: "as it is", call, status: 200 },
      { when: "without tokens", call: { ...call, headers: {} }, status: 401 },
      {
        when: "for an account that cannot be",
        call: callOf(generation, "x".repeat(65), "list"),
        status: 400,
      },
    ];
  });
}

/** The steps that register, update and deregister in each generation, for an account that may lose its registrations. */
export function lifeSteps({ testAccount, url }: Target): Step[] {
  if (!testAccount) return [];
  return generations.flatMap((generation) => {
    const list = callOf(generation, testAccount, "list");
    const register = withUrl(callOf(generation, testAccount, "register"), url);
    const moved = new URL("moved", url).href;
    const update = withUrl(callOf(generation, testAccount, "update", "register"), moved);
    const deregister = callOf(generation, testAccount, "deregister");
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

/** A call of the operation with the first of these roles that the generation has. */
function callOf(generation: Generation, account: string, ...roles: Role[]): Call {
  const operation = roles.flatMap((role) => findByRole(generation, role) ?? [])[0];
  if (!operation) throw new Error(`${generation.name} has no operation to ${roles.join(" or ")}`);
  const call = exampleCall(generation.name, operation);
  return { ...call, parameters: { ...call.parameters, account } };
}

const withUrl = (call: Call, url: string): Call => ({ ...call, body: { ...(call.body as object), url } });

/** Checks that a list has the URL that was registered last, or none. V1 lists are arrays. */
const listsUrl = (expected: string | undefined) => (body: unknown) => {
  const [first] = [body].flat() as ({ url?: unknown } | undefined)[];
  const actual = first?.url;
  if (actual === expected) return [];
  const shown = (url: unknown) => (url === undefined ? "nothing registered" : JSON.stringify(url));
  return [{ at: "body, url", documented: shown(expected), actual: shown(actual) }];
};
