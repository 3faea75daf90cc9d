import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadGenerator } from "../src/index.ts";

const generator = startLoadGenerator();
const server = createServer((request, response) => {
  response.writeHead(request.url === "/wrong" ? 500 : 200).end("{}");
});
let url = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await generator.stop();
  server.close();
});

const request = (path: string) => ({ method: "GET" as const, path, headers: {} });

it("measures several rounds with one load generator", async () => {
  for (const length of [{ seconds: 0.2 }, { amount: 200 }]) {
    const load = await generator.run({ url, requests: [request("/")], length });
    expect(load.perSecond).toBeGreaterThan(0);
    expect(load.p99Ms).toBeGreaterThanOrEqual(load.p50Ms);
  }
});

it("rejects a round in which a response was not 2xx", async () => {
  const round = generator.run({ url, requests: [request("/wrong")], length: { amount: 20 } });
  await expect(round).rejects.toThrow("requests failed");
});
