import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@thingspace-callbacks/test-support";

/** Processes that receive messages and share one store. */
export interface Receivers {
  origins: string[];
  /** Kills a process with SIGKILL and starts another in its place. */
  replace(index: number): Promise<void>;
  /** Numbers of the processes that were killed. */
  killed: Set<number>;
  close(): Promise<void>;
}

interface Options {
  count: number;
  log: string;
  /** File of SQLite, or address of Postgres. */
  place: string;
}

const program = fileURLToPath(new URL("receiver.ts", import.meta.url));

export async function startReceivers({ count, log, place }: Options): Promise<Receivers> {
  const ports = await Promise.all(Array.from({ length: count }, findFreePort));
  const killed = new Set<number>();
  let instances = 0;
  const running: { child: ChildProcess; instance: number }[] = [];
  const killAll = () => {
    for (const { child } of running) child.kill("SIGKILL");
  };
  process.once("exit", killAll);
  for (const port of ports) running.push(await start(port));

  return {
    origins: ports.map((port) => `http://127.0.0.1:${port}`),
    replace: async (index) => {
      const { child, instance } = running[index] as (typeof running)[number];
      killed.add(instance);
      await kill(child);
      running[index] = await start(ports[index] ?? 0);
    },
    killed,
    close: async () => {
      process.off("exit", killAll);
      await Promise.all(running.map(({ child }) => kill(child)));
    },
  };

  async function start(port: number) {
    instances += 1;
    const instance = instances;
    const argv = [
      "--disable-warning=ExperimentalWarning",
      program,
      String(instance),
      String(port),
      log,
      place,
    ];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    return { child, instance };
  }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
