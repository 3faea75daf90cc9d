import type { Case } from "./case.ts";
import type { Answer } from "./send.ts";

/** A fault of a listener. */
export interface Problem {
  code:
    | "NO_RESPONSE"
    | "TOO_SLOW"
    | "NOT_ACKNOWLEDGED"
    | "REDIRECTED"
    | "NOT_REFUSED"
    | "SERVER_ERROR"
    | "REPEAT_DIFFERS";
  message: string;
}

/** Returns what is wrong with the answers to a case. */
export function judge(
  { expected, isSameStatus }: Pick<Case, "expected" | "isSameStatus">,
  answers: Answer[],
  timeLimitMs: number,
): Problem[] {
  const problems = answers.flatMap((answer) => judgeAnswer(expected, answer, timeLimitMs) ?? []);
  const statuses = new Set(answers.map(({ status }) => status));
  if (isSameStatus && statuses.size > 1) {
    const message = `The responses differ: ${[...statuses].join(", ")}.`;
    problems.push({ code: "REPEAT_DIFFERS", message });
  }
  return problems;
}

function judgeAnswer(
  expected: Case["expected"],
  { status, error }: Answer,
  timeLimitMs: number,
): Problem | undefined {
  if (error === "TIMEOUT") {
    const message = `There was no complete response within ${timeLimitMs} ms; ThingSpace sends the message again or gives up.`;
    return { code: "TOO_SLOW", message };
  }
  if (status === undefined)
    return { code: "NO_RESPONSE", message: `The connection ended without a response (${error}).` };
  if (expected === "acknowledge") return judgeAcknowledgement(status);
  if (status >= 500) {
    const message = `It responded with ${status}, an error of its own; a 4xx is right.`;
    return { code: "SERVER_ERROR", message };
  }
  if (expected === "refuse" && status < 300) {
    return { code: "NOT_REFUSED", message: `It responded with ${status}; a 4xx is right.` };
  }
  return undefined;
}

function judgeAcknowledgement(status: number): Problem | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) {
    return {
      code: "REDIRECTED",
      message: `It responded with ${status}; a redirect may not be followed. A 2xx is right.`,
    };
  }
  return { code: "NOT_ACKNOWLEDGED", message: `It responded with ${status}; a 2xx is right.` };
}
