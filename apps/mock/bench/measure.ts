import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { spawnNode } from "./child.ts";
import type { Load, LoadOptions } from "./load.ts";
import { headersOf, type Method, requests } from "./requests.ts";
import type { Started } from "./start.ts";

const program = fileURLToPath(new URL("load.ts", import.meta.url));

/**
 * Puts a server under load: for some seconds, or for an amount of requests.
 *
 * @throws when it answers anything but 2xx, because errors are quick and would look like speed.
 */
export async function measure(
  { contestant, url, tokens }: Started,
  methods: Method[],
  length: { seconds: number } | { amount: number },
): Promise<Load> {
  const { pathname } = new URL(url);
  const options: LoadOptions = {
    url,
    requests: methods.map((method) => ({
      ...requests[method],
      path: pathname.replace(/\/$/, "") + requests[method].path,
      headers: headersOf(method, tokens),
    })),
    ...length,
  };
  const child = spawnNode("load", [program, JSON.stringify(options)], "pipe");
  if (!child.stdout) throw new Error("The load has no output");
  const load: Load = JSON.parse(await text(child.stdout));
  if (load.failures > 0) throw new Error(`${contestant.name} failed ${load.failures} requests`);
  return load;
}
