#!/usr/bin/env node
// The command of the published package. Nothing is imported before the version of Node.js is known to do.
import module from "node:module";
import v8 from "node:v8";
import { demandNode } from "./node-version.ts";

try {
  demandNode();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

// Compiled code is kept for the next start, which takes half the time then.
module.enableCompileCache();
// While many streams are open, V8 would take the objects of short requests for long-lived ones, too, and keep them.
v8.setFlagsFromString("--no-allocation-site-pretenuring");
silenceSqliteWarning();
await import("./main.ts");

/** Node.js 22 warns on standard error that `node:sqlite` is experimental; users of the mock cannot change that. */
function silenceSqliteWarning(): void {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes("SQLite is an experimental feature")) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
}
