import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { CliStep } from "./cli-steps.ts";

/** A runtime that runs the packed command line, in a folder and a space of the mock of its own. */
export interface CliLane {
  runtime: string;
  /** The packed command. */
  bin: string;
  folder: string;
  /** Origin of the mock. */
  origin: string;
  space: string;
}

/** The outcome of a step. */
export interface CliOutcome {
  exitCode: number | null;
  output: string;
  errors: string;
}

const timeoutMs = 60_000;

/** Runs the steps one after the other. */
export async function runSteps(lane: CliLane, steps: CliStep[]): Promise<CliOutcome[]> {
  await mkdir(lane.folder, { recursive: true });
  const outcomes: CliOutcome[] = [];
  for (const step of steps) outcomes.push(await runStep(lane, step));
  return outcomes;
}

/** Runs a command to its end. One that runs until it is ended gets a SIGTERM after its lines. */
async function runStep(lane: CliLane, step: CliStep): Promise<CliOutcome> {
  const { command, args = [], env = {}, json, isLocal, lines = 1, whenReady } = step;
  const { runtime, bin, folder, origin, space } = lane;
  const all = [
    bin,
    ...command.split(" "),
    ...args,
    ...(json ? ["--json"] : []),
    ...(json && !isLocal ? ["--space", space] : []),
  ];
  // The environment of the tests must not be inherited: pnpm's NODE_PATH would let `require` find the workspace's packages.
  const child = spawn(runtime, all, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      THINGSPACE_CALLBACKS_HOME: folder,
      // Node.js 22 and newer compile the modules once for all steps.
      NODE_COMPILE_CACHE: join(folder, "compiled"),
      ...{ THINGSPACE_ORIGIN: origin, ...env },
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  const exited = once(child, "exit");
  const errors = text(child.stderr);
  const output: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    output.push(line);
    if (output.length === 1) await whenReady?.(lane);
    if (whenReady && output.length === lines) child.kill("SIGTERM");
  }
  const [exitCode] = (await exited) as [number | null];
  return { exitCode, output: output.join("\n"), errors: await errors };
}

/** Lets the mock send a message to the listener of a lane. */
export async function sendMessage({ origin, space }: CliLane): Promise<void> {
  const response = await fetch(`${origin}/mock/events`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Mock-Space": space },
    body: JSON.stringify({ api: "v1", account: "0242078689-00001", type: "upgradeScheduled" }),
  });
  if (!response.ok) throw new Error(await response.text());
}
