import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A copy of the working tree, with its own packages and builds, to make defects in. */
export interface Copy {
  folder: string;
  /** Runs a command in a folder of a package, with the tools of the package and of the root. */
  run(inside: string, command: string): Promise<{ code: number; output: string }>;
  remove(): void;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Copies what git would add, so that everything generated is generated again. Ctrl-C ends what runs and removes the copy. */
export async function copyTree(): Promise<Copy> {
  const folder = mkdtempSync(join(tmpdir(), "mutations-"));
  let running: ChildProcess | undefined;
  let isEnding = false;
  // Again while a process that is ending still writes.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, async () => {
      isEnding = true;
      if (running?.pid !== undefined && running.exitCode === null) {
        // The whole group: a test runner has children of its own, and is given the time to end them.
        process.kill(-running.pid, "SIGTERM");
        await Promise.race([once(running, "close"), setTimeout(5_000)]);
      }
      remove();
      process.exit(code);
    });
  }

  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
    cpSync(join(root, file), join(folder, file));
  }
  // turbo asks git what belongs to a package.
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  execFileSync("git", ["add", "--all"], { cwd: folder });

  const run: Copy["run"] = (inside, command) =>
    new Promise((resolve, reject) => {
      const cwd = join(folder, inside);
      const tools = [join(cwd, "node_modules/.bin"), join(folder, "node_modules/.bin"), process.env["PATH"]];
      const env = {
        ...process.env,
        PATH: tools.join(delimiter),
        NO_COLOR: "1",
        FORCE_COLOR: "0",
        CI: "true",
      };
      const child = spawn(command, { cwd, env, shell: true, detached: true });
      running = child;
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk) => {
          output += chunk;
        });
      }
      child.once("error", reject);
      child.once("close", (code) => {
        if (!isEnding) resolve({ code: code ?? 1, output });
      });
    });
  return { folder, run, remove };
}
