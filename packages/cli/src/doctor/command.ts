import type { Command } from "commander";
import { formatExamples, type Invocation, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { exampleAccount } from "../defaults.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Output } from "../output/output.ts";
import { readHttpUrl } from "../settings/http-url.ts";
import { checkAccount } from "./account.ts";
import { checkCallbackUrl, describeFirewall } from "./callback-url.ts";
import { type Finding, toExitCode } from "./finding.ts";
import { checkService } from "./service.ts";

interface DoctorOptions {
  account?: string;
  url?: string;
}

/** More URLs are not checked: one check can take ten seconds. */
const maxUrls = 10;

/** Adds `doctor`. */
export function addDoctor(program: Command, context: Context): void {
  const command = program
    .command("doctor")
    .summary("check what is needed to get messages")
    .description(
      "Check what is needed to get messages: the service, the clock, the tokens, the registrations of an account, and the port and certificate of its URLs. It logs in once, and changes nothing.",
    )
    .option("--account <account>", "account whose registrations and URLs are checked")
    .option("--url <url>", "URL of a listener to check, which need not be registered")
    .addHelpText(
      "after",
      formatExamples(
        "doctor",
        `doctor --environment production --account ${exampleAccount}`,
        "doctor --url https://example.com/fota --json",
      ),
    );
  setAction<DoctorOptions, []>(command, context, examine);
}

async function examine({ context, output, settings, options }: Invocation<DoctorOptions>): Promise<ExitCode> {
  const given =
    options.url === undefined ? undefined : readHttpUrl("--url", options.url, "https://example.com/fota");
  const findings: Finding[] = [];
  const add = (...more: Finding[]) => {
    findings.push(...more);
    for (const finding of more) printFinding(output, finding);
  };
  add(...(await checkService(settings)));
  const isReachable = findings.every(({ outcome }) => outcome !== "failed");
  const account = isReachable ? await checkAccount(context, settings, options.account) : undefined;
  if (account) add(...account.findings);
  const registered = (account?.registrations ?? []).flatMap(({ url }) =>
    URL.canParse(url) ? [new URL(url)] : [],
  );
  const urls = new Map([...(given ? [given] : []), ...registered].map((url) => [url.host, url]));
  for (const url of [...urls.values()].slice(0, maxUrls)) add(...(await checkCallbackUrl(url)));
  add(describeFirewall());
  const exitCode = toExitCode(findings);
  output.data({ ok: exitCode === 0, environment: settings.environment, origin: settings.origin, findings });
  return exitCode;
}

function printFinding(output: Output, { check, outcome, message, remedy }: Finding): void {
  const color = { ok: "green", warning: "yellow", failed: "red", skipped: "dim" } as const;
  const [first = "", ...rest] = output.wrap(`${check}: ${message}`, indent.length);
  output.line(`${output.paint(color[outcome], outcome.padEnd(7))}  ${first}`);
  const more = remedy !== undefined && outcome !== "ok" ? output.wrap(remedy, indent.length) : [];
  for (const line of [...rest, ...more]) output.line(indent + line);
}

const indent = " ".repeat(9);
