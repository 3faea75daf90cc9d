import { type LoadGenerator, quantile } from "@thingspace-callbacks/bench";
import type { Progress } from "./inbox-handlers.ts";
import type { BenchServer } from "./start.ts";

const perSecond = 500;
const seconds = 5;

/** How long messages that come at a steady rate wait, in milliseconds: until they are acknowledged, and until they are handled. */
export interface Paced {
  name: string;
  perSecond: number;
  acknowledgedP99Ms: number;
  handledP99Ms: number;
}

export async function measurePaced(
  server: BenchServer,
  generator: LoadGenerator,
  body: string,
): Promise<Paced> {
  const headers = { "content-type": "application/json" };
  const requests = [{ method: "POST" as const, path: "/", headers, body }];
  await readHandled(server);
  const load = await generator.run({ url: server.origin, requests, length: { seconds }, perSecond });
  const { handledMs } = await readHandled(server);
  return {
    name: server.name,
    perSecond: load.perSecond,
    acknowledgedP99Ms: load.p99Ms,
    handledP99Ms: quantile(handledMs, 0.99),
  };
}

/** Waits until the inbox has handled what it has, and reads how long each message took, and all of them together. */
export async function readHandled({ origin }: Pick<BenchServer, "origin">) {
  const handledMs: number[] = [];
  for (;;) {
    const response = await fetch(`${origin}/progress`);
    const progress = (await response.json()) as Progress;
    handledMs.push(...progress.handledMs);
    if (progress.pending === 0) return { handledMs, spanMs: progress.spanMs };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
