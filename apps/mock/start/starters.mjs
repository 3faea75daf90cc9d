import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const packageManagers = new Set(["npm", "npx", "pnpm"]);

/**
 * Lists the processes between the npm, npx or pnpm that somebody started and this one, nearest first. It is empty if
 * this program was started directly, and on Windows, which has no `ps`.
 *
 * @returns {number[]} process ids
 */
export function listStarters() {
  const ancestors = [];
  let lastPackageManager = -1;
  try {
    for (let pid = process.ppid; pid > 1; ) {
      const line = execFileSync("ps", ["-o", "ppid=,args=", "-p", String(pid)], { encoding: "utf8" }).trim();
      const [parent = "0", ...command] = line.split(/\s+/);
      ancestors.push(pid);
      if (command.slice(0, 2).some((word) => packageManagers.has(basename(word).replace(/\.c?js$/, "")))) {
        lastPackageManager = ancestors.length - 1;
      }
      pid = Number(parent);
    }
  } catch {
    // Without `ps` nothing is watched: signals still work, and Ctrl-C reaches the whole group.
  }
  return ancestors.slice(0, lastPackageManager + 1);
}

/**
 * Returns whether a process is running. A process that has ended but whose parent has not asked for its exit code yet (a
 * zombie) is not running.
 *
 * @param {number} pid
 */
export function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  try {
    // "pid (name) state ...", where the name may contain spaces and brackets.
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2, status.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return false;
  }
}
