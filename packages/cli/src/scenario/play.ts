import { randomUUID } from "node:crypto";
import { isThingSpaceCredentialsError } from "@thingspace-callbacks/client";
import type { Login } from "../callbacks/login.ts";
import type { Context } from "../context.ts";
import { createControl } from "../control/control.ts";
import { exitCodes } from "../exit-code.ts";
import { describeError } from "../output/report-error.ts";
import { withClient } from "../service/connect.ts";
import type { Settings } from "../settings/settings.ts";
import { act, type Stage } from "./act.ts";
import { readStart } from "./expect.ts";
import { createListeners } from "./listeners.ts";
import type { Scenario, Step } from "./scenario.ts";

/** The result of a step. */
export interface StepResult {
  title: string;
  line: number;
  outcome: "passed" | "failed" | "skipped";
  durationMs: number;
  /** Identifies the kind of failure. */
  code?: string;
  /** What is wrong. */
  message?: string;
}

/** The result of a scenario. */
export interface ScenarioResult {
  file: string;
  name: string;
  ok: boolean;
  steps: StepResult[];
}

/**
 * Plays a scenario at the mock, in a space of its own unless the settings name one. A step that fails ends it: the others are
 * skipped.
 *
 * @param defaults for registrations that name no `url` or `username`; without a URL it is that of a listener of this process
 */
export async function playScenario(
  context: Context,
  given: Settings,
  scenario: Scenario,
  { url, login }: { url: string | undefined; login: Login },
): Promise<ScenarioResult> {
  const space = given.space ?? `run-${randomUUID()}`;
  const settings = { ...given, space };
  const control = createControl(settings, context.io.env);
  const listeners = createListeners();
  try {
    if (scenario.seed)
      await control({ operationId: "putState", body: { registrations: [], ...scenario.seed } });
    const start = await readStart(control);
    const steps = await withClient(context, settings, (client) =>
      playSteps({ client, control, listeners, start, url, login, env: context.io.env }, scenario.steps),
    );
    const { file, name } = scenario;
    return { file, name, ok: steps.every(({ outcome }) => outcome === "passed"), steps };
  } finally {
    await listeners.close();
    if (given.space === undefined) await control({ operationId: "deleteSpace", path: { name: space } });
  }
}

async function playSteps(stage: Stage, steps: Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const hasFailed = results.some(({ outcome }) => outcome !== "passed");
    results.push(hasFailed ? createSkipped(step) : await playStep(stage, step));
  }
  return results;
}

async function playStep(stage: Stage, { title, line, action }: Step): Promise<StepResult> {
  const begin = performance.now();
  const failure = await findFailure(stage, action);
  const durationMs = Math.round(performance.now() - begin);
  return { title, line, outcome: failure ? "failed" : "passed", durationMs, ...failure };
}

async function findFailure(
  stage: Stage,
  action: Step["action"],
): Promise<{ code: string; message: string } | undefined> {
  try {
    const message = await act(stage, action);
    return message === undefined ? undefined : { code: "NOT_AS_EXPECTED", message };
  } catch (error) {
    const { code, message, exitCode } = describeError(error);
    // Without the mock, or with rejected credentials, no step can be judged.
    if (exitCode === exitCodes.unreachable || isThingSpaceCredentialsError(error)) throw error;
    return { code, message };
  }
}

const createSkipped = ({ title, line }: Step): StepResult => ({
  title,
  line,
  outcome: "skipped",
  durationMs: 0,
});
