import { generations } from "../generated/facts.ts";
import type { Case, Expected } from "./case.ts";
import { type CheckPlan, createCases } from "./cases.ts";
import { judge, type Problem } from "./judge.ts";
import { type Answer, send } from "./send.ts";

/** The result of one case. */
export interface CaseResult {
  id: string;
  title: string;
  expected: Expected;
  outcome: "passed" | "failed" | "skipped";
  problems: Problem[];
  answers: Answer[];
  /** Why a case was skipped. */
  reason?: string;
}

/** The result of a check. */
export interface CheckReport {
  ok: boolean;
  /** False if no connection could be made. */
  isReachable: boolean;
  passed: number;
  failed: number;
  skipped: number;
  cases: CaseResult[];
}

/** Why the rest is not sent to a listener that gave no response to the first message. */
export const notResponding = "The listener does not respond.";
/** Why the rest is not sent to a listener that gave no response to several messages. */
export const notRespondingAnyMore = "The listener does not respond any more.";

/** Cases without a response after which the rest is not sent: each one takes the whole time limit. */
const maxUnanswered = 3;

/**
 * Sends a listener what ThingSpace may send, and judges its responses.
 *
 * @param plan what is sent, and to whom
 * @param options `timeLimitMs` is how long a response may take; `onResult` is told each result
 */
export async function checkListener(
  plan: CheckPlan,
  options: { timeLimitMs?: number; onResult?: (result: CaseResult) => void } = {},
): Promise<CheckReport> {
  const { timeLimitMs = generations[plan.api].message.timeLimitMs, onResult = () => {} } = options;
  const cases: CaseResult[] = [];
  for (const one of createCases(plan)) {
    const reason = one.skipped ?? findReasonToStop(cases);
    const result = reason === undefined ? await runCase(one) : createSkipped(one, reason);
    cases.push(result);
    onResult(result);
  }
  return summarize(cases);

  async function runCase(one: Case): Promise<CaseResult> {
    const answers: Answer[] = [];
    const sendOne = async (request: Case["requests"][number]) => {
      answers.push(await send(plan.url, request, timeLimitMs));
    };
    if (one.isAtOnce) await Promise.all(one.requests.map(sendOne));
    else for (const request of one.requests) await sendOne(request);
    const { id, title, expected } = one;
    const problems = judge(one, answers, timeLimitMs);
    return { id, title, expected, outcome: problems.length > 0 ? "failed" : "passed", problems, answers };
  }
}

/** The listener does not respond at all, or stopped to. */
function findReasonToStop(results: CaseResult[]): string | undefined {
  const [first] = results;
  if (first && hasNoAnswer(first)) return notResponding;
  if (results.filter(hasNoAnswer).length >= maxUnanswered) return notRespondingAnyMore;
  return undefined;
}

const hasNoAnswer = ({ answers }: CaseResult) =>
  answers.length > 0 && answers.some(({ status }) => status === undefined);

function createSkipped({ id, title, expected }: Case, reason: string): CaseResult {
  return { id, title, expected, outcome: "skipped", problems: [], answers: [], reason };
}

function summarize(cases: CaseResult[]): CheckReport {
  const count = (outcome: CaseResult["outcome"]) => cases.filter((one) => one.outcome === outcome).length;
  const firstError = cases[0]?.answers[0]?.error;
  const isReachable = firstError === undefined || !connectionErrors.includes(firstError);
  return {
    ok: count("failed") === 0,
    isReachable,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
    cases,
  };
}

const connectionErrors = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"];
