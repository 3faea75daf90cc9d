// `pnpm bench:listener`: the listener behind node:http beside a bare node:http server, in one run on one machine.
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { isPinned, run } from "./child.ts";
import type { Load } from "./load.ts";
import { bodies } from "./messages.ts";

const usage = `Usage: bench:listener [--seconds 2] [--rounds 5]

Measures messages per second through toNodeHandler beside a bare node:http server that only parses the JSON.
Writes bench/results.json.`;

const { seconds, rounds } = options();
const servers = ["bare", "listener"] as const;
type Server = (typeof servers)[number];
const ports: Record<Server, string> = {
  bare: await run(0, "server.ts", "bare"),
  listener: await run(0, "server.ts", "listener"),
};

const results = [];
for (const [message, body] of Object.entries(await bodies())) {
  const loads: Record<Server, Load[]> = { bare: [], listener: [] };
  for (let round = 0; round <= rounds; round += 1) {
    // In turn, so that a slow moment of the machine hits both.
    for (const server of servers) {
      showProgress(`${message}, round ${round} of ${rounds}: ${server}`);
      const load: Load = JSON.parse(await run(1, "load.ts", ports[server], String(seconds), body));
      if (load.failures > 0) throw new Error(`${server} failed ${load.failures} requests`);
      // Round 0 warms up.
      if (round > 0) loads[server].push(load);
    }
  }
  const all = (server: Server, what: keyof Load) => loads[server].map((load) => load[what]);
  // Round by round, because what disturbs the machine disturbs both.
  const ratios = all("listener", "perSecond").map(
    (rate, round) => rate / (all("bare", "perSecond")[round] ?? Number.NaN),
  );
  const cpuRatios = all("listener", "cpuMicroseconds").map(
    (cost, round) => (all("bare", "cpuMicroseconds")[round] ?? Number.NaN) / cost,
  );
  const medians = (server: Server) => ({
    perSecond: median(all(server, "perSecond")),
    p99Ms: median(all(server, "p99Ms")),
    cpuMicroseconds: median(all(server, "cpuMicroseconds")),
  });
  const [bare, listener] = [medians("bare"), medians("listener")];
  results.push({
    message,
    bytes: body.length,
    bare,
    listener,
    ratio: median(ratios),
    cpuRatio: median(cpuRatios),
    ratios,
    cpuRatios,
  });
}
showProgress("");

const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, isPinned };
const date = new Date().toISOString().slice(0, 10);
await writeFile(
  new URL("results.json", import.meta.url),
  `${JSON.stringify({ date, machine, seconds, rounds, results }, undefined, 2)}\n`,
);
console.log("| message | bytes | bare/s | listener/s | ratio | bare µs | listener µs | ratio |");
console.log(`|${" --- |".repeat(8)}`);
for (const { message, bytes, bare, listener, ratio, cpuRatio } of results) {
  const cells = [
    message,
    bytes,
    Math.round(bare.perSecond),
    Math.round(listener.perSecond),
    ratio.toFixed(2),
    bare.cpuMicroseconds.toFixed(1),
    listener.cpuMicroseconds.toFixed(1),
    cpuRatio.toFixed(2),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log("\nµs: of the server's processor, per message. Ratios wanted: at least 0.75.");
// The servers go with this process.
process.exit(0);

function options(): { seconds: number; rounds: number } {
  const number = (name: string, text: string) => {
    if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
    console.error(`--${name} must be a whole number from 1, not ${JSON.stringify(text)}.\n\n${usage}`);
    process.exit(1);
  };
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: "string", default: "2" },
        rounds: { type: "string", default: "5" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return { seconds: number("seconds", values.seconds), rounds: number("rounds", values.rounds) };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(1);
  }
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${text.padEnd(79)}\r`);
}

/** The middle value: one round that something disturbed does not move it. */
function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
