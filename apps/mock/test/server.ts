import { startBalancer } from "@thingspace-callbacks/test-support";
import { startPostgres } from "@thingspace-callbacks/test-support/postgres";
import { afterAll, beforeAll } from "vitest";
import { createMock, type Mock } from "../src/mock.ts";
import type { MockOptions } from "../src/options.ts";

export const tokens = { Authorization: "Bearer any", "VZ-M2M-Token": "any" };

/** Starts a separate mock for the tests of a file or a block, on a free port. */
export function useServer(options: MockOptions = {}) {
  const server = { origin: "", mock: undefined as unknown as Mock };
  beforeAll(async () => {
    server.mock = await createMock(options);
    server.origin = await server.mock.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => server.mock.close());
  return server;
}

/** Starts two instances on one database behind a balancer, for the tests of a file or a block. */
export function useInstances(options: MockOptions = {}) {
  const server = { origin: "" };
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const postgres = await startPostgres();
    closing.unshift(() => postgres.close());
    const origins: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const mock = await createMock({ store: postgres.url, ...options });
      closing.unshift(() => mock.close());
      origins.push(await mock.listen({ host: "127.0.0.1", port: 0 }));
    }
    await Promise.all(origins.map(waitUntilReady));
    const balancer = await startBalancer(origins);
    closing.unshift(() => balancer.close());
    server.origin = balancer.origin;
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });
  return server;
}

async function waitUntilReady(origin: string): Promise<void> {
  while (!(await fetch(`${origin}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
}
