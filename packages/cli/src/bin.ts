#!/usr/bin/env node
import { run } from "./run.ts";

// A reader of the output may end before this process, as in `| head`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await run(process.argv.slice(2));
