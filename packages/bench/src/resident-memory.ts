import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const bytesPerMiB = 1024 ** 2;

/** Reads the resident memory of a process in MiB, with its peak where the system keeps that (Linux). */
export function readResidentMemory(pid: number): { now: number; peak?: number } {
  if (process.platform === "linux") {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const field = (name: string) =>
      (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / bytesPerMiB;
    return { now: field("VmRSS"), peak: field("VmHWM") };
  }
  const kibibytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return { now: (Number(kibibytes) * 1024) / bytesPerMiB };
}
