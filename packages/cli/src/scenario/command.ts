import type { Command } from "commander";
import { type LoginOptions, loginHelp, readLogin } from "../callbacks/login.ts";
import { formatExamples, type Invocation, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { defaultApi } from "../defaults.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { generations } from "../generated/facts.ts";
import { formatJUnit, type JUnitSuite } from "../output/junit.ts";
import type { Output } from "../output/output.ts";
import { writeOutputFile } from "../output/write-file.ts";
import { listApis } from "../service/registrations.ts";
import { readHttpUrl } from "../settings/http-url.ts";
import { hasInventedCredentials, inventedLogin } from "../settings/settings.ts";
import { createUnplayed, playScenario, type ScenarioResult, type StepResult } from "./play.ts";
import { listShipped, readScenario } from "./read.ts";

/** A generation whose messages contain a username and password. */
const loginApi = listApis().find((api) => generations[api].takesLogin) ?? defaultApi;

interface RunOptions extends LoginOptions {
  url?: string;
  junit?: string;
}

/** Adds `run`. */
export function addRun(program: Command, context: Context): void {
  const command = program
    .command("run")
    .summary("play scenarios at the mock")
    .description(
      `Play scenarios at the mock, each in a space of its own, and report the first step that fails. Scenarios of this package: ${listShipped().join(", ")}.`,
    )
    .argument("<scenario...>", "YAML files, or names of scenarios of this package")
    .option(
      "--url <url>",
      "URL for registrations that name none: your listener, instead of one that this command starts",
    )
    .option("--username <name>", `for registrations that name none: ${loginHelp}`)
    .option("--password-file <file>", "file with the password, readable by you only")
    .option("--junit <file>", "write the report as JUnit XML, too")
    .addHelpText(
      "after",
      formatExamples(
        "run happy-upgrade flaky-listener expired-tokens",
        "run happy-upgrade --url http://127.0.0.1:8080/fota --username me",
        "run scenario.yaml --junit report.xml",
      ),
    );
  setAction<RunOptions, [string[]]>(command, context, runScenarios);
}

async function runScenarios(invocation: Invocation<RunOptions>, files: string[]): Promise<ExitCode> {
  const { context, output, options } = invocation;
  const { url, junit } = options;
  if (url !== undefined) readHttpUrl("--url", url);
  const login = readLogin(loginApi, options, context.io.env);
  const scenarios = files.map(readScenario);
  const settings = hasInventedCredentials(invocation.settings)
    ? { ...invocation.settings, credentials: inventedLogin }
    : invocation.settings;
  const results: ScenarioResult[] = [];
  let stoppedBy: unknown;
  for (const scenario of scenarios) {
    output.progress(`${scenario.name} ...`);
    const played = await playScenario(context, settings, scenario, { url, login });
    output.progress("");
    stoppedBy = played.stoppedBy;
    if (stoppedBy !== undefined && !hasPlayed([...results, played.result])) throw stoppedBy;
    printResult(output, played.result);
    results.push(played.result);
    if (stoppedBy !== undefined) break;
  }
  results.push(...scenarios.slice(results.length).map(createUnplayed));
  const failed = results.filter(({ ok }) => !ok).length;
  output.data({ ok: failed === 0, scenarios: results });
  output.line(`${results.length - failed} passed, ${failed} failed`);
  if (junit !== undefined) writeOutputFile("--junit", junit, formatJUnit(results.map(toJUnit)));
  if (stoppedBy !== undefined) throw stoppedBy;
  return failed === 0 ? exitCodes.ok : exitCodes.failed;
}

/** Returns true if a step was played, so that there is something to print. */
const hasPlayed = (results: ScenarioResult[]) =>
  results.some(({ steps }) => steps.some(({ outcome }) => outcome !== "skipped"));

const indent = " ".repeat(11);

function printResult(output: Output, { name, file, steps }: ScenarioResult): void {
  output.line(output.paint("bold", name));
  const color = { passed: "green", failed: "red", skipped: "yellow" } as const;
  for (const { title, outcome, durationMs, message, line } of steps) {
    const took = durationMs >= 100 ? `  (${(durationMs / 1000).toFixed(1)} s)` : "";
    output.line(`  ${output.paint(color[outcome], outcome.padEnd(7))}  ${title}${took}`);
    const lines = message === undefined ? [] : output.wrap(`${file}:${line}: ${message}`, indent.length);
    for (const one of lines) output.line(indent + one);
  }
  output.line();
}

const toJUnit = ({ name, steps }: ScenarioResult): JUnitSuite => ({
  name,
  cases: steps.map((step, index) => toCase(name, step, index)),
});

function toCase(scenario: string, { title, outcome, durationMs, code, message }: StepResult, index: number) {
  return {
    className: `run.${scenario}`,
    name: `${index + 1}: ${title}`,
    durationMs,
    failures: code !== undefined && message !== undefined ? [{ code, message }] : [],
    skipped: outcome === "skipped" ? "A step before it failed, or the run ended." : undefined,
  };
}
