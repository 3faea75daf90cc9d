import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that systems give to outgoing connections: no connection can take the port before it is used. */
const [first, last] = [20_000, 32_000];
const mostTries = 100;

/**
 * Resolves with a port of 127.0.0.1 that nobody listens on, for a program that must be told one, or that listens on it again
 * after a restart. A program that chooses its port itself (port 0) is safer.
 */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries++) {
    const port = randomInt(first, last);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port found from ${first} to ${last} in ${mostTries} tries.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}
