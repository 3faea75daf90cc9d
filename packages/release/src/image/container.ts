import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { run } from "../command.ts";
import type { RootFolder } from "./root-folder.ts";

/** The mock of an image, running as the image says: its user, environment and entry point. */
export interface Container {
  /** The user and group of the process, and whether it can write to `/app`. */
  identity(): Promise<{ uid: string; gid: string }>;
  /** Sends SIGTERM and resolves with the exit code and the milliseconds until the process ended. */
  stop(): Promise<{ code: number | null; ms: number }>;
}

/** Starts the mock in a network namespace, with `chroot` instead of a container engine. */
export async function startContainer(
  root: RootFolder,
  namespace: string,
  env: Record<string, string>,
): Promise<Container> {
  const [file, args] = commandIn(root, namespace, root.config.Entrypoint);
  const child = spawn(file, args, { env: environmentOf(root, env), stdio: ["ignore", "pipe", "inherit"] });
  await bannerOf(child);
  return {
    identity: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8");
      const idOf = (name: string) => new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? "";
      return { uid: idOf("Uid"), gid: idOf("Gid") };
    },
    stop: async () => {
      const started = performance.now();
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = await exited;
      return { code, ms: Math.round(performance.now() - started) };
    },
  };
}

/** Runs a command inside, as the image's user; resolves with whether it ended well. */
export async function succeedsInside(
  root: RootFolder,
  namespace: string,
  command: string[],
): Promise<boolean> {
  const [file, args] = commandIn(root, namespace, command);
  const env = environmentOf(root, {});
  return run(file, args, { cwd: "/", env }).then(
    () => true,
    () => false,
  );
}

function commandIn({ folder, config }: RootFolder, namespace: string, command: string[]): [string, string[]] {
  return ["ip", ["netns", "exec", namespace, "chroot", `--userspec=${config.User}`, folder, ...command]];
}

function environmentOf({ config }: RootFolder, env: Record<string, string>): Record<string, string> {
  const own = config.Env.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  // `ip` and `chroot` may be in folders that the image's PATH does not have.
  return {
    ...Object.fromEntries(own),
    PATH: `${process.env["PATH"]}:/usr/local/bin:/usr/sbin:/sbin`,
    ...env,
  };
}

async function bannerOf(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error("The mock has no standard output.");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes("listens on")) {
      child.stdout.resume();
      return;
    }
  }
  throw new Error("The mock ended without a banner.");
}
