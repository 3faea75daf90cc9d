import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "@thingspace-callbacks/test-support";

/** A program that listens, and what it has printed. */
export interface Server {
  origin: string;
  printed(): string;
  stop(): Promise<void>;
}

interface Command {
  file: string;
  argv: string[];
  cwd: string;
  env: Record<string, string>;
}

/** Starts a program with PORT in its environment and `PORT` in its arguments replaced, and waits until it accepts connections. */
export async function startServer({ file, argv, cwd, env }: Command): Promise<Server> {
  const port = String(await findFreePort());
  const child = spawn(
    file,
    argv.map((argument) => argument.replace("PORT", port)),
    {
      cwd,
      env: { ...process.env, NODE_PATH: undefined, NODE_OPTIONS: undefined, ...env, PORT: port },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let text = "";
  for (const output of [child.stdout, child.stderr]) {
    output.on("data", (chunk) => {
      text += chunk;
    });
  }
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilItAnswers(origin, child, () => text);
  return {
    origin,
    printed: () => text,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function waitUntilItAnswers(origin: string, child: ChildProcess, printed: () => string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (child.exitCode !== null) break;
    if (await fetch(origin).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The server does not listen: ${printed()}`);
}
