import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { spawnNode } from "@thingspace-callbacks/bench";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { request } from "undici";
import { anyTokens, requests, type Tokens } from "./requests.ts";
import type { BenchServer } from "./servers.ts";

/** A server that responds. */
export interface Started {
  server: BenchServer;
  child: ChildProcess;
  origin: string;
  /** Base path of the API, without a slash at its end. */
  basePath: string;
  tokens: Tokens;
  /** Milliseconds from spawning the process to its first response. */
  readyMs: number;
}

const patienceMs = 20_000;

/** Starts a server and requests a list until it responds. With strict authentication a 401 is a response, too. */
export async function start(server: BenchServer): Promise<Started> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawnNode("server", server.argv(port), ["ignore", "ignore", "inherit"]);
  const expected = server.isStrict ? 401 : 200;
  while ((await requestStatus(origin + server.basePath)) !== expected) {
    if (child.exitCode !== null) throw new Error(`${server.name} has ended with ${child.exitCode}`);
    if (performance.now() - begin > patienceMs) throw new Error(`${server.name} does not respond`);
    await pause(2);
  }
  const readyMs = performance.now() - begin;
  const tokens = await server.requestTokens(origin);
  return { server, child, origin, basePath: server.basePath, tokens, readyMs };
}

/** Resolves with nothing while nobody listens. */
async function requestStatus(url: string): Promise<number | undefined> {
  try {
    const { statusCode, body } = await request(url + requests.GET.path, { headers: anyTokens });
    await body.dump();
    return statusCode;
  } catch {
    return undefined;
  }
}
