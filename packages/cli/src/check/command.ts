import type { Command } from "commander";
import { type LoginOptions, loginHelp, readLogin } from "../callbacks/login.ts";
import { createApiOption } from "../callbacks/options.ts";
import { CliError } from "../cli-error.ts";
import { formatExamples, type LocalInvocation, setLocalAction } from "../command.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import type { Api } from "../generated/facts.ts";
import { isLoopbackHostname } from "../generated/loopback.ts";
import { formatJUnit } from "../output/junit.ts";
import type { Output } from "../output/output.ts";
import { writeOutputFile } from "../output/write-file.ts";
import {
  type CaseResult,
  type CheckReport,
  checkListener,
  notResponding,
  notRespondingAnyMore,
} from "./check-listener.ts";
import { toJUnit } from "./junit.ts";

type CheckOptions = LoginOptions & {
  api: Api;
  account?: string;
  pathSecret?: boolean;
  junit?: string;
  yesSendTo?: string;
};

/** Adds `check-listener`. */
export function addCheckListener(program: Command, context: Context): void {
  const command = program
    .command("check-listener")
    .summary("send a listener what ThingSpace may send")
    .description(
      "Send a listener, in any language, what ThingSpace may send, and judge its responses. The messages are invented, but the listener handles them.",
    )
    .argument("<url>", "URL of the listener")
    .addOption(createApiOption().makeOptionMandatory())
    .option("--account <account>", "account that the messages name")
    .option("--username <name>", loginHelp)
    .option("--password-file <file>", "file with the password, readable by you only")
    .option("--path-secret", "the last segment of the URL's path is a secret that the listener checks")
    .option("--junit <file>", "write the report as JUnit XML, too")
    .option("--yes-send-to <host>", "name the host of the URL again, if it is not this machine")
    .addHelpText(
      "after",
      formatExamples(
        "check-listener http://127.0.0.1:8080/fota --api v1 --username me",
        "check-listener http://127.0.0.1:8080/fota --api v2 --json",
        "check-listener https://example.com/fota --api v2 --yes-send-to example.com",
      ),
    );
  setLocalAction<CheckOptions, [string]>(command, context, check);
}

async function check(invocation: LocalInvocation<CheckOptions>, text: string): Promise<ExitCode> {
  const { context, output, options } = invocation;
  const { api, account, pathSecret, junit } = options;
  const url = readUrl(text, options.yesSendTo);
  const login = readLogin(api, options, context.io.env);
  const report = await checkListener(
    { url, api, account, hasPathSecret: pathSecret, ...login },
    { onResult: (result) => printResult(output, result) },
  );
  printUnsent(output, report);
  output.data({ url: showUrl(url, pathSecret), api, ...report });
  if (junit !== undefined) writeOutputFile("--junit", junit, formatJUnit([toJUnit(report, api)]));
  printSummary(output, report);
  const [first] = report.cases;
  if (first && isRefused(first) && login.username === undefined && !pathSecret)
    output.line(
      "If the listener checks a password or a secret in its path, add --username\nor --path-secret.",
    );
  if (report.ok) return exitCodes.ok;
  return report.isReachable ? exitCodes.failed : exitCodes.unreachable;
}

function readUrl(text: string, yesSendTo: string | undefined): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new CliError(
      "INVALID_URL",
      "The URL is not an http or https URL.",
      "Example: http://127.0.0.1:8080/fota",
    );
  }
  if (url.username || url.password) {
    throw new CliError(
      "SECRET_IN_URL",
      "The URL contains a username or password.",
      "Leave them out: arguments are visible to others.",
    );
  }
  if (isLoopbackHostname(url.hostname) || [url.hostname, url.host].includes(yesSendTo ?? "")) return url;
  throw new CliError(
    "NOT_CONFIRMED",
    `${url.hostname} is not this machine.`,
    `If the listener is yours, add --yes-send-to ${url.hostname}`,
  );
}

/** Returns the URL without what may be a secret. */
function showUrl(url: URL, hasPathSecret = false): string {
  const path = hasPathSecret ? url.pathname.replace(/[^/]*$/, "***") : url.pathname;
  return url.origin + path + (url.search ? "?***" : "");
}

const indent = " ".repeat(9);

function printResult(output: Output, result: CaseResult): void {
  const { id, title, outcome, problems, answers, reason } = result;
  if (isUnsent(result)) return;
  const color = { passed: "green", failed: "red", skipped: "yellow" } as const;
  const responses = [...new Set(answers.map(({ status, error }) => status ?? error))].join(" and ");
  const slowestMs = Math.max(...answers.map(({ durationMs }) => durationMs));
  const shown = responses && `${responses} in ${slowestMs} ms`;
  output.line(`${output.paint(color[outcome], outcome.padEnd(7))}  ${title}${shown ? `  (${shown})` : ""}`);
  const lines = problems.map(({ code, message }) => `${id} ${code}: ${message}`);
  for (const text of new Set(lines))
    for (const line of output.wrap(text, indent.length)) output.line(indent + line);
  if (reason !== undefined) output.line(indent + reason);
}

/** Cases that a listener which does not respond gets no more are one line. */
function printUnsent(output: Output, { cases }: CheckReport): void {
  const unsent = cases.filter(isUnsent);
  if (unsent.length > 0)
    output.line(`${output.paint("yellow", "skipped")}  ${unsent.length} more cases. ${unsent[0]?.reason}`);
}

const isUnsent = ({ outcome, reason }: CaseResult) =>
  outcome === "skipped" && (reason === notResponding || reason === notRespondingAnyMore);

function printSummary(output: Output, { passed, failed, skipped }: CheckReport): void {
  output.line();
  output.line(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}

const isRefused = ({ outcome, answers: [answer] }: CaseResult) =>
  outcome === "failed" && [401, 403, 404].includes(answer?.status ?? 0);
