import { cpus, totalmem } from "node:os";
import { isPinned } from "./processes.ts";

/** Describes what a result depends on besides the code. */
export function describeMachine(): Record<string, string | number | boolean> {
  return {
    date: new Date().toISOString().slice(0, 10),
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryMiB: Math.round(totalmem() / 1024 ** 2),
    isPinned,
    node: process.version,
  };
}
