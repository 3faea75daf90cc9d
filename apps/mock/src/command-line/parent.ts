import { fstatSync } from "node:fs";

const watchMs = 200;

/**
 * Calls a function once, when the process that started this one has ended, or has closed the pipe that it gave this one as
 * standard input. Neither is a signal that a process gets by itself: a parent that is killed cannot send one.
 */
export function onParentExit(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    // A process without its parent is given another one.
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, watchMs);
  if (isPipe(0)) {
    process.stdin.resume();
    process.stdin.once("end", stop);
  }
}

/** Standard input can also be a terminal, a file or closed, and then its end says nothing about the parent. */
function isPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
