import type { ThingSpaceClient } from "@thingspace-callbacks/client";
import { isThingSpaceCredentialsError } from "@thingspace-callbacks/client";
import type { Context } from "../context.ts";
import { defaultApi, exampleAccount } from "../defaults.ts";
import { exitCodes } from "../exit-code.ts";
import { describeError } from "../output/report-error.ts";
import { withClient } from "../service/connect.ts";
import { isUnauthorized } from "../service/explain.ts";
import { listApis, listOne, type Shown } from "../service/registrations.ts";
import { hasInventedCredentials, type Settings } from "../settings/settings.ts";
import type { Finding } from "./finding.ts";

/** The result of the checks that need tokens. */
export interface AccountFindings {
  findings: Finding[];
  registrations: Shown[];
}

/** Checks the tokens with one login, and lists what is registered for an account, in each generation. */
export async function checkAccount(
  context: Context,
  settings: Settings,
  account: string | undefined,
): Promise<AccountFindings> {
  try {
    return await withClient(context, settings, (client) =>
      account === undefined ? checkTokens(client, settings) : checkRegistrations(client, account, settings),
    );
  } catch (error) {
    const { message, remedy, exitCode } = describeError(error);
    return {
      findings: [{ check: "tokens", outcome: "failed", message, remedy, exitCode }],
      registrations: [],
    };
  }
}

async function checkTokens(client: ThingSpaceClient, settings: Settings): Promise<AccountFindings> {
  const skipped = skip("registrations", "Add --account to see what is registered.");
  if (hasInventedCredentials(settings)) {
    await listOne(client, defaultApi, exampleAccount);
    return { findings: [noCredentials, skipped], registrations: [] };
  }
  // Logging out needs both tokens, so the client requests them first.
  const result = await client.auth.logOut();
  const finding: Finding = result.ok
    ? { check: "tokens", outcome: "ok", message: "The service issued an access token and a session token." }
    : {
        check: "tokens",
        outcome: "failed",
        message: `The service refused the tokens: ${result.message}`,
        remedy: "Correct the credentials before you try again: failed logins lock the user.",
        exitCode: exitCodes.refused,
      };
  return { findings: [finding, skipped], registrations: [] };
}

async function checkRegistrations(
  client: ThingSpaceClient,
  account: string,
  settings: Settings,
): Promise<AccountFindings> {
  const findings: Finding[] = [];
  const registrations: Shown[] = [];
  for (const api of listApis()) {
    try {
      registrations.push(...(await listOne(client, api, account)));
    } catch (error) {
      // Refused tokens are one finding, not one for each generation.
      if (isThingSpaceCredentialsError(error) || isUnauthorized(error)) throw error;
      const { message, remedy, exitCode } = describeError(error);
      findings.push({ check: `registrations of ${api}`, outcome: "failed", message, remedy, exitCode });
    }
  }
  const isComplete = findings.length === 0;
  if (findings.length < listApis().length) {
    findings.unshift(
      hasInventedCredentials(settings)
        ? noCredentials
        : { check: "tokens", outcome: "ok", message: "The service accepted both tokens." },
    );
  }
  const apis = [...new Set(registrations.map(({ api }) => api))];
  if (apis.length > 0 || isComplete) findings.push(describeRegistrations(account, apis));
  return { findings, registrations };
}

function describeRegistrations(account: string, apis: string[]): Finding {
  const check = "registrations";
  if (apis.length > 0)
    return { check, outcome: "ok", message: `${account} is registered in ${apis.join(", ")}.` };
  return {
    check,
    outcome: "warning",
    message: `Nothing is registered for ${account}: it gets no messages.`,
    remedy: `Run: thingspace-callbacks callbacks register ${account} --api ${defaultApi} --url URL`,
  };
}

const skip = (check: string, message: string): Finding => ({ check, outcome: "skipped", message });

const noCredentials = skip("tokens", "There are no credentials; this mock needs none.");
