// The program behind `startLoadGenerator`: runs one round per message, and sends its figures back.
import autocannon from "autocannon";
import type { LoadOptions, LoadReply } from "./load.ts";
import { quantile } from "./spread.ts";

process.on("message", (options: LoadOptions) => runRound(options, (reply) => process.send?.(reply)));
process.once("disconnect", () => process.exit());

function runRound(
  { url, requests, length, connections = 10, perSecond }: LoadOptions,
  reply: (reply: LoadReply) => void,
): void {
  // autocannon's own percentiles are whole milliseconds, which is 0 for a fast server.
  const times: number[] = [];
  const size = "amount" in length ? { amount: length.amount } : { duration: length.seconds };
  const rate = perSecond === undefined ? {} : { overallRate: perSecond };
  const begin = performance.now();
  // How often, in milliseconds, autocannon looks whether the round is over.
  const sampleInt = 20;
  // Its types know one URL only.
  const run = autocannon(
    { url: url as string, requests, connections, sampleInt, ...size, ...rate },
    (error, result) => {
      if (error) return reply({ failure: String(error) });
      const failures = result.non2xx + result.errors;
      if (failures > 0) return reply({ failure: `${failures} of ${times.length} requests failed` });
      const seconds = (lastAt - begin) / 1000;
      reply({
        load: {
          perSecond: times.length / seconds,
          p50Ms: quantile(times, 0.5),
          p99Ms: quantile(times, 0.99),
        },
      });
    },
  );
  let lastAt = begin;
  run.on("response", (_client, _status, _bytes, milliseconds) => {
    times.push(milliseconds);
    lastAt = performance.now();
  });
}
