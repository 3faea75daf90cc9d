import type { Contestant, LoadGenerator } from "@thingspace-callbacks/bench";
import { headersOf, type Method, requests } from "./requests.ts";
import type { Started } from "./start.ts";

export type Figure = "perSecond" | "p50Ms" | "p99Ms";

/** What is measured: a server, or several that share the load. */
export type Target = Pick<Started, "server" | "basePath" | "tokens"> & { origin: string | string[] };

/** Makes a server under load with one kind of request a contestant: a round lasts the given number of seconds. */
export function contestantOf(
  { server, origin, basePath, tokens }: Target,
  method: Method,
  { generator, seconds }: { generator: LoadGenerator; seconds: number },
): Contestant<Figure> {
  const { path, ...rest } = requests[method];
  const request = { ...rest, path: basePath + path, headers: headersOf(method, tokens) };
  return {
    name: server.name,
    measure: async () => ({
      ...(await generator.run({ url: origin, requests: [request], length: { seconds } })),
    }),
  };
}
