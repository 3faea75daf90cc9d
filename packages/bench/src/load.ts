import { fileURLToPath } from "node:url";
import { spawnNode, stop } from "./processes.ts";

/** One round of HTTP load: the requests are sent in turn over some connections. */
export interface LoadOptions {
  /** Origin of the server, or the origins of several, which get as many connections each. */
  url: string | string[];
  requests: { method: "GET" | "POST"; path: string; headers: Record<string, string>; body?: string }[];
  /** Length of the round: some seconds (a fraction is fine), or a number of requests. */
  length: { seconds: number } | { amount: number };
  /** Requests that wait for their response at the same time, each on a connection of its own. @default 10 */
  connections?: number;
  /** Requests per second, at a steady rate. @default as many as the server answers */
  perSecond?: number;
}

/** The figures of one round. */
export interface Load {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** A process that sends requests and measures. It is kept between rounds, because starting one takes longer than a round. */
export interface LoadGenerator {
  /**
   * Sends one round of load.
   *
   * @throws if a response is not 2xx or a connection breaks, because failures are quick and would look like speed.
   */
  run(options: LoadOptions): Promise<Load>;
  stop(): Promise<void>;
}

export type LoadReply = { load: Load } | { failure: string };

/** Starts the process that generates load, on the core that the servers do not use. */
export function startLoadGenerator(): LoadGenerator {
  const program = fileURLToPath(new URL("load-process.ts", import.meta.url));
  const child = spawnNode("load", [program], ["ignore", "inherit", "inherit", "ipc"]);
  return {
    run: (options) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error("The load generator ended."));
        child.once("exit", onExit);
        child.once("message", (reply: LoadReply) => {
          child.off("exit", onExit);
          if ("load" in reply) resolve(reply.load);
          else reject(new Error(`${options.url}: ${reply.failure}`));
        });
        child.send(options);
      }),
    stop: () => stop(child),
  };
}
