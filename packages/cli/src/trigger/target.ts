import { CliError } from "../cli-error.ts";
import type { Control } from "../control/control.ts";
import { defaultApi } from "../defaults.ts";
import { type Api, generations } from "../generated/facts.ts";

/** The registration that messages are sent to. */
export interface Target {
  api: Api;
  account: string;
}

/** Completes the target: without both options, it is the only registration of the mock. */
export async function findTarget(control: Control, chosen: Partial<Target>): Promise<Target> {
  const { api, account } = chosen;
  if (api !== undefined && account !== undefined) return { api, account };
  const { registrations } = await control({ operationId: "getState" });
  // The mock lists a registration under the name that generations share.
  const matching = registrations.filter(
    (one) =>
      (account === undefined || one.account === account) &&
      (api === undefined || one.api === generations[api].registration),
  );
  const [only, ...others] = matching;
  if (only && others.length === 0) return { api: api ?? only.api, account: only.account };
  const found = matching.map((one) => `${one.api} ${one.account}`).join(", ");
  throw only
    ? new CliError("SEVERAL_REGISTRATIONS", `Several are registered: ${found}.`, "Add --api and --account.")
    : new CliError(
        "NOTHING_REGISTERED",
        "Nothing that matches is registered at the mock.",
        `Run \`thingspace-callbacks listen\`, which registers itself, or \`thingspace-callbacks callbacks register ACCOUNT --api ${defaultApi} --url URL\`.`,
      );
}
