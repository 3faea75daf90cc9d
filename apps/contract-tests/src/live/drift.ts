import { type Call, exampleCall, operations, requestOf } from "../call.ts";
import { type Difference, differencesOf } from "../difference.ts";
import { type ReadResponse, readResponse } from "../read-response.ts";
import { lifeSteps, type Step, safeSteps } from "./steps.ts";
import type { Target } from "./target.ts";

/** A call whose response differs from the document or from the expected one. */
export interface Drift {
  when: string;
  call: Call;
  /** None when there was none. */
  received?: ReadResponse | undefined;
  differences: Difference[];
}

export interface Findings {
  drifts: Drift[];
  /** How many calls were made. */
  calls: number;
  /** True if both tokens were received; otherwise no other calls were made. */
  hasAsked: boolean;
  /** Secrets that no report may show: the credentials and the received tokens. */
  secrets: string[];
}

/**
 * Makes the allowed calls to the target, and compares each response with the document. Logs in once: credentials that are
 * refused are not tried again, because five failures lock the user.
 */
export async function findDrift(target: Target): Promise<Findings> {
  const findings: Findings = {
    drifts: [],
    calls: 0,
    hasAsked: false,
    secrets: [target.secret, target.password],
  };
  const tokens: Record<string, string> = { basic: `Basic ${base64(`${target.key}:${target.secret}`)}` };
  findings.secrets.push(tokens["basic"]?.split(" ")[1] ?? "");

  const take = async (step: Step): Promise<ReadResponse | undefined> => {
    const call = withTokens(step.call, tokens);
    findings.calls += 1;
    const { received, differences } = await compare({ ...step, call }, target);
    if (differences.length > 0) findings.drifts.push({ when: step.when, call, received, differences });
    return received;
  };
  const obtain = async (operationId: string, member: string, body?: object): Promise<string | undefined> => {
    const call = { ...authCall(operationId), ...(body && { body }) };
    const received = await take({ when: "with the credentials", call, status: 200 });
    const token = (received?.body as Record<string, unknown> | undefined)?.[member];
    if (typeof token !== "string") return undefined;
    findings.secrets.push(token);
    return token;
  };

  const accessToken = await obtain("requestToken", "access_token");
  if (accessToken === undefined) return findings;
  tokens["bearer"] = `Bearer ${accessToken}`;
  const { username, password } = target;
  const sessionToken = await obtain("logIn", "sessionToken", { username, password });
  if (sessionToken === undefined) return findings;
  tokens["header"] = sessionToken;
  findings.hasAsked = true;
  for (const step of [...safeSteps(target), ...lifeSteps(target)]) await take(step);
  await take({ when: "at the end", call: authCall("logOut"), status: 200 });
  return findings;
}

async function compare({ call, status, check }: Step, target: Target) {
  let received: ReadResponse;
  try {
    received = await readResponse(await target.fetch(requestOf(call, target.serverOf(call.api))));
  } catch (error) {
    const { message, cause } = error as Error;
    const actual = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return { differences: [{ at: "response", documented: String(status), actual }] };
  }
  const differences = differencesOf(call.operation, received);
  if (received.status === status)
    return { received, differences: [...differences, ...(check?.(received.body) ?? [])] };
  const actual = String(received.status);
  const others = differences.filter(({ at }) => at !== "status");
  return { received, differences: [{ at: "status", documented: String(status), actual }, ...others] };
}

/** The call with the tokens in place of those of the examples; a header that was left out stays out. */
function withTokens(call: Call, tokens: Record<string, string>): Call {
  const headers = { ...call.headers };
  for (const scheme of call.operation.security) {
    const name = scheme.sentAs === "header" ? scheme.header : "Authorization";
    const token = tokens[scheme.sentAs];
    if (name in headers && token !== undefined) headers[name] = token;
  }
  return { ...call, headers };
}

function authCall(operationId: string): Call {
  const row = operations.find((row) => row.api === "auth" && row.operationId === operationId);
  if (!row) throw new Error(`The document has no operation auth.${operationId}`);
  return exampleCall("auth", row.operation);
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
