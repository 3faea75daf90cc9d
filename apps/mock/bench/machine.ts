import { cpus, totalmem } from "node:os";
import manifest from "@stoplight/prism-cli/package.json" with { type: "json" };
import autocannon from "autocannon/package.json" with { type: "json" };
import fastify from "fastify/package.json" with { type: "json" };
import { isPinned } from "./child.ts";

/** What a result depends on besides the code. */
export const machine = {
  date: new Date().toISOString().slice(0, 10),
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? "unknown",
  cores: cpus().length,
  memoryMiB: Math.round(totalmem() / 1024 ** 2),
  isPinned,
  node: process.version,
  fastify: fastify.version,
  prism: manifest.version,
  autocannon: autocannon.version,
};
