import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { request } from "undici";
import { spawnNode } from "./child.ts";
import { anyTokens, requests, type Tokens } from "./requests.ts";
import type { Contestant } from "./servers.ts";

/** A server that answers. */
export interface Started {
  contestant: Contestant;
  child: ChildProcess;
  origin: string;
  /** Origin and base path. */
  url: string;
  tokens: Tokens;
  /** From spawning the process to its first answer. */
  readyMs: number;
}

const patienceMs = 20_000;

/** Starts a server and asks it until it answers. With strict authentication a refusal is an answer, too. */
export async function start(contestant: Contestant): Promise<Started> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const url = origin + contestant.basePath;
  const begin = performance.now();
  const child = spawnNode("server", contestant.argv(port));
  const expected = contestant.isStrict ? 401 : 200;
  while ((await statusOf(url)) !== expected) {
    if (child.exitCode !== null) throw new Error(`${contestant.name} has ended with ${child.exitCode}`);
    if (performance.now() - begin > patienceMs) throw new Error(`${contestant.name} does not answer`);
    await pause(2);
  }
  const readyMs = performance.now() - begin;
  return { contestant, child, origin, url, tokens: await contestant.tokens(origin), readyMs };
}

/** Nothing while nobody listens. */
async function statusOf(url: string): Promise<number | undefined> {
  try {
    const { statusCode, body } = await request(url + requests.GET.path, { headers: anyTokens });
    await body.dump();
    return statusCode;
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
