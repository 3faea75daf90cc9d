// `pnpm --filter @thingspace-callbacks/mock run bench:watched`: the mock beside itself while others follow it, wait or have
// spaces of their own, and on request beside another version of itself.
import {
  compareWithPeers,
  createBenchCommand,
  formatRatio,
  formatTable,
  showProgress,
  startLoadGenerator,
  stop,
} from "@thingspace-callbacks/bench";
import { contestantOf } from "./contestants.ts";
import type { Method } from "./requests.ts";
import { type BenchServer, mock, mockOf } from "./servers.ts";
import { start } from "./start.ts";

const { rounds, seconds, against } = createBenchCommand(
  "bench:watched",
  "Measures the mock while a stream, ten spaces, or a hundred streams and long polls are open.",
  { rounds: 16 },
)
  .option("--seconds <number>", "length of one round of load on one server, such as 0.25", Number, 0.25)
  .parse()
  .opts<{ rounds: number; seconds: number; against?: string }>();

/** How a mock is used beside the load. */
interface Watched extends BenchServer {
  prepare(origin: string): Promise<void>;
}

const over = new AbortController();
const named = (name: string, prepare: Watched["prepare"]): Watched => ({ ...mock, name, prepare });

/** Opens a stream, and reads it until the end. */
async function follow(origin: string): Promise<void> {
  const { body } = await fetch(`${origin}/mock/stream`, { signal: over.signal });
  body?.pipeTo(new WritableStream()).catch(() => {});
}

/** Waits for what never comes, again and again. */
async function poll(origin: string): Promise<void> {
  const url = `${origin}/mock/requests?operationId=deregisterCallback&wait=60s`;
  try {
    while (!over.signal.aborted) await (await fetch(url, { signal: over.signal })).arrayBuffer();
  } catch {
    // The measurement is over.
  }
}

async function fillSpaces(origin: string): Promise<void> {
  for (let index = 0; index < 10; index += 1) {
    const body = { registrations: [{ api: "v1", account: "0242078689-00001", url: "https://example.com" }] };
    const headers = { "Content-Type": "application/json", "X-Mock-Space": `bench-${index}` };
    await fetch(`${origin}/mock/state`, { method: "PUT", headers, body: JSON.stringify(body) });
  }
}

const peers: Watched[] = [
  named("with a stream", follow),
  named("with ten spaces", fillSpaces),
  named("with 100 streams and 100 long polls", async (origin) => {
    for (let index = 0; index < 100; index += 1) {
      await follow(origin);
      void poll(origin);
    }
  }),
  ...(against ? [{ ...mockOf(against), prepare: async () => {} }] : []),
];

const generator = startLoadGenerator();
const subject = await start(mock);
const started = [];
for (const peer of peers) {
  const running = await start(peer);
  await peer.prepare(running.origin);
  started.push(running);
}
const rows: string[][] = [];
for (const method of ["POST", "GET"] satisfies Method[]) {
  const pairings = await compareWithPeers(
    contestantOf(subject, method, { generator, seconds }),
    started.map((peer) => contestantOf(peer, method, { generator, seconds })),
    { rounds, report: (progress) => showProgress(`${method}. ${progress}`) },
  );
  for (const pairing of pairings)
    rows.push([method, pairing.peer, formatRatio(pairing.figures.perSecond.ratio)]);
}
over.abort();
await Promise.all([subject, ...started].map(({ child }) => stop(child)));
await generator.stop();
showProgress("");
console.log(formatTable(["", "beside", "the mock's requests per second, divided by the peer's"], rows));
