// The load, in a process of its own: `load.ts <LoadOptions as JSON>` prints a Load as JSON.
import autocannon from "autocannon";

/** What to send, how long or how often. */
export interface LoadOptions {
  url: string;
  requests: { method: "GET" | "POST"; path: string; headers: Record<string, string>; body?: string }[];
  seconds?: number;
  amount?: number;
}

/** What one round of load measured. */
export interface Load {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers other than 2xx, and connections that broke. */
  failures: number;
}

const { url, requests, seconds, amount }: LoadOptions = JSON.parse(process.argv[2] ?? "{}");
// autocannon's own percentiles are whole milliseconds, which is 0 here.
const times: number[] = [];
const run = autocannon(
  { url, requests, connections: 10, pipelining: 1, ...(amount ? { amount } : { duration: seconds ?? 1 }) },
  (error, result) => {
    if (error) throw error;
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    const load: Load = {
      perSecond: times.length / result.duration,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      failures: result.non2xx + result.errors,
    };
    console.log(JSON.stringify(load));
  },
);
run.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
