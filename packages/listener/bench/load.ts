// The load, in a process of its own: `load.ts <port> <seconds> <body>` prints what it measured as JSON.
import autocannon from "autocannon";

/** What one round measured. */
export interface Load {
  perSecond: number;
  p99Ms: number;
  /** Of the server. */
  cpuMicroseconds: number;
  /** Answers other than 2xx, and connections that broke. */
  failures: number;
}

const [port, seconds, body = ""] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}`;
const cpuMicroseconds = async () => {
  const { user, system } = (await (await fetch(`${url}/cpu`)).json()) as NodeJS.CpuUsage;
  return user + system;
};

const before = await cpuMicroseconds();
const result = await autocannon({
  url,
  method: "POST",
  headers: { "content-type": "application/json" },
  body,
  connections: 10,
  duration: Number(seconds),
});
const load: Load = {
  perSecond: result["2xx"] / result.duration,
  p99Ms: result.latency.p99,
  cpuMicroseconds: ((await cpuMicroseconds()) - before) / result["2xx"],
  failures: result.non2xx + result.errors,
};
console.log(JSON.stringify(load));
