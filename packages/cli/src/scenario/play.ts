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

/** A result, and what ended the whole run, if anything did. */
export interface PlayedScenario {
  result: ScenarioResult;
  /** An error without which no further step can be judged: the mock does not respond, or rejects the credentials. */
  stoppedBy?: unknown;
}

/** The values for registrations that name no `url` or `username`. */
export interface Defaults {
  /** Undefined if it is that of a listener of this process. */
  url: string | undefined;
  login: Login;
}

/**
 * Plays a scenario at the mock, in a space of its own unless the settings name one. A step that fails ends it: the others are
 * skipped.
 */
export async function playScenario(
  context: Context,
  settings: Settings,
  scenario: Scenario,
  defaults: Defaults,
): Promise<PlayedScenario> {
  const { file, name } = scenario;
  const played: StepResult[] = [];
  const add = (result: StepResult) => played.push(result);
  try {
    await playInSpace(context, settings, scenario, defaults, add);
    return { result: { file, name, ok: played.every(hasPassed), steps: played } };
  } catch (error) {
    const skipped = scenario.steps.slice(played.length).map(createSkipped);
    return { result: { file, name, ok: false, steps: [...played, ...skipped] }, stoppedBy: error };
  }
}

/** Returns the result of a scenario that was not played. */
export const createUnplayed = ({ file, name, steps }: Scenario): ScenarioResult => ({
  file,
  name,
  ok: false,
  steps: steps.map(createSkipped),
});

async function playInSpace(
  context: Context,
  given: Settings,
  scenario: Scenario,
  { url, login }: Defaults,
  onResult: (result: StepResult) => void,
): Promise<void> {
  const space = given.space ?? `run-${randomUUID()}`;
  const settings = { ...given, space };
  const control = createControl(settings, context.io.env);
  const listeners = createListeners();
  try {
    if (scenario.seed)
      await control({ operationId: "putState", body: { registrations: [], ...scenario.seed } });
    const start = await readStart(control);
    await withClient(context, settings, (client) => {
      const stage = { client, control, listeners, start, url, login, env: context.io.env };
      return playSteps(stage, scenario.steps, onResult);
    });
  } finally {
    await listeners.close();
    if (given.space === undefined) await control({ operationId: "deleteSpace", path: { name: space } });
  }
}

/** Plays the steps until one fails. @throws the error that ends the run, when the step has its result */
async function playSteps(stage: Stage, steps: Step[], onResult: (result: StepResult) => void): Promise<void> {
  let hasFailed = false;
  for (const step of steps) {
    if (hasFailed) {
      onResult(createSkipped(step));
      continue;
    }
    const begin = performance.now();
    const failure = await findFailure(stage, step.action);
    const durationMs = Math.round(performance.now() - begin);
    onResult(createPlayed(step, durationMs, failure));
    if (failure?.stoppedBy !== undefined) throw failure.stoppedBy;
    hasFailed = failure !== undefined;
  }
}

interface Failure {
  code: string;
  message: string;
  stoppedBy?: unknown;
}

async function findFailure(stage: Stage, action: Step["action"]): Promise<Failure | undefined> {
  try {
    const message = await act(stage, action);
    return message === undefined ? undefined : { code: "NOT_AS_EXPECTED", message };
  } catch (error) {
    const { code, message, exitCode } = describeError(error);
    // Without the mock, or with rejected credentials, no step can be judged.
    const endsRun = exitCode === exitCodes.unreachable || isThingSpaceCredentialsError(error);
    return { code, message, ...(endsRun && { stoppedBy: error }) };
  }
}

const hasPassed = ({ outcome }: StepResult) => outcome === "passed";

function createPlayed({ title, line }: Step, durationMs: number, failure: Failure | undefined): StepResult {
  if (!failure) return { title, line, outcome: "passed", durationMs };
  const { code, message } = failure;
  return { title, line, outcome: "failed", durationMs, code, message };
}

const createSkipped = ({ title, line }: Step): StepResult => ({
  title,
  line,
  outcome: "skipped",
  durationMs: 0,
});
