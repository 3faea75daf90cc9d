import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Io } from "../src/index.ts";
import { type ListenState, saveState } from "../src/listen/state.ts";
import { type Printed, runCommand, sendControl } from "./command.ts";

/** The registration before `listen` starts. */
export const former = {
  api: "v1",
  account: "0242078689-00001",
  url: "https://former.example.com/fota",
  username: "former",
  password: "former-password",
};

/** Registers the former callback at a mock. */
export async function prepareFormer(origin: string): Promise<void> {
  await sendControl(origin, "PUT", "registrations", { registrations: [former] });
}

/** Reads the only registration with its password, which is in snapshots only. */
export async function readFormer(origin: string): Promise<unknown> {
  await sendControl(origin, "POST", "snapshots", { name: "look" });
  const { registrations } = (await (await fetch(`${origin}/mock/snapshots/look`)).json()) as {
    registrations: unknown[];
  };
  return registrations.length === 1 ? registrations[0] : registrations;
}

/** Writes what a killed `listen` leaves when nothing was registered before it. */
export function leaveState(home: string, change: Partial<ListenState> & { origin: string }): void {
  const id = randomUUID();
  const { api, account } = { ...former, api: "v1" as const };
  const place = { environment: "mock" as const, api, account };
  saveState(
    { THINGSPACE_CALLBACKS_HOME: home },
    { id, address: "127.0.0.1:9", urlHash: "none", ...place, ...change },
  );
}

// biome-ignore lint/suspicious/noExplicitAny: each event has members of its own
export type Wait = (event: string) => Promise<any>;

/** Runs `listen` in this process until `use` has ended. */
export async function runListen(
  args: string[],
  env: Io["env"],
  use: (wait: Wait) => Promise<unknown>,
  change: Partial<Io> = {},
): Promise<Printed> {
  const end = new AbortController();
  const events: { event: string }[] = [];
  let onEvent = () => {};
  const done = runCommand(["listen", ...args, "--json"], {
    ...change,
    env,
    watchEnd: () => end.signal,
    writeOutput: (line) => {
      events.push(JSON.parse(line));
      onEvent();
    },
  });
  const wait: Wait = async (event) => {
    for (;;) {
      const found = events.findIndex((one) => one.event === event);
      if (found >= 0) return events.splice(found, 1)[0];
      await Promise.race([
        new Promise<void>((resolve) => {
          onEvent = resolve;
        }),
        done.then(({ errors }) => {
          throw new Error(errors);
        }),
      ]);
    }
  };
  try {
    await use(wait);
  } finally {
    end.abort();
  }
  return done;
}

/** Starts `listen` as a process of its own. */
export function spawnListen(
  origin: string,
  home: string,
  more: string[] = [],
  env: Record<string, string> = {},
) {
  const bin = new URL("../src/bin.ts", import.meta.url).pathname;
  const args = ["listen", "--account", former.account, "--origin", origin, "--json", ...more];
  return spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, THINGSPACE_CALLBACKS_HOME: home, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** Starts `listen` and kills it so many milliseconds later, or when it listens. */
export async function killListen(origin: string, home: string, afterMs: number | undefined): Promise<void> {
  const child = spawnListen(origin, home);
  const exited = once(child, "exit");
  if (afterMs === undefined) await once(child.stdout, "data");
  else await delay(afterMs);
  child.kill("SIGKILL");
  await exited;
}
