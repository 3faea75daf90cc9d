import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const mebi = 1024 ** 2;

/** Memory of a process that is resident, in MiB; `peak` where the system keeps it (Linux). */
export function residentOf(pid: number): { now: number; peak?: number } {
  if (process.platform === "linux") {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const field = (name: string) =>
      (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / mebi;
    return { now: field("VmRSS"), peak: field("VmHWM") };
  }
  const kibibytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return { now: (Number(kibibytes) * 1024) / mebi };
}
