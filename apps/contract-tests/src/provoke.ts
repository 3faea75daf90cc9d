import { getApi, getByRole, type Operation } from "@thingspace-callbacks/contract";
import { breaksOf } from "./breaks.ts";
import { type Call, exampleCall } from "./call.ts";

/** A call that causes a status, and the field or header that the response must name. */
export interface Provocation {
  call: Call;
  names?: string;
}

/**
 * Brings a documented status about: by a call that is right, that breaks a rule, or that has no tokens.
 *
 * @throws when nothing here does, so that no status is documented without a test
 */
export function provoke(status: string, api: string, operation: Operation): Provocation {
  // The client adds the tokens; a header of the call replaces its own.
  const call = { ...exampleCall(api, operation), headers: {} };
  if (status === "200") return { call };
  if (status === "400") return broken(call);
  if (status === "401") {
    const headers = operation.security.map(({ header }) => [header, ""]);
    return { call: { ...call, headers: Object.fromEntries(headers) } };
  }
  throw new Error(`Nothing in provoke.ts brings about a ${status} of ${api} ${operation.operationId}.`);
}

/** Breaks a member of the body, or else a parameter; a call with neither asks for what there is not. */
function broken(call: Call): Provocation {
  for (const { how, apply } of breaksOf(call.operation)) {
    const [, names] = /^(?:body\.|parameter )(\w+): (?!left out)/.exec(how) ?? [];
    if (names !== undefined) return { call: apply(call), names };
  }
  return { call: { ...call, headers: { Prefer: "code=999" } }, names: "Prefer" };
}

/** The call that registers what a call removes; nothing for a call that removes nothing. */
export function registrationFor({ api, operation, parameters }: Call): Call | undefined {
  if (operation.role !== "deregister") return undefined;
  return { ...exampleCall(api, getByRole(getApi(api), "register")), parameters };
}
