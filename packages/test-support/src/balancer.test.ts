import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startBalancer } from "./balancer.ts";

/** Starts a server that says its name, and what it was sent. */
async function startServer(name: string) {
  const server = createServer(async (request, response) => {
    response.writeHead(201).end(`${name} ${request.method} ${request.url} ${await text(request)}`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

test("A balancer sends requests to the servers in turn, whole, and responds with 502 for one that is gone", async () => {
  const [a, b] = [await startServer("a"), await startServer("b")];
  const balancer = await startBalancer([a.origin, b.origin]);
  const post = async () => {
    const response = await fetch(`${balancer.origin}/path?query`, { method: "POST", body: "body" });
    return `${response.status} ${await response.text()}`;
  };
  expect(await post()).toBe("201 a POST /path?query body");
  expect(await post()).toBe("201 b POST /path?query body");
  a.server.close().closeAllConnections();
  expect(await post()).toBe("502 ");
  expect(await post()).toBe("201 b POST /path?query body");
  b.server.close().closeAllConnections();
  await balancer.close();
});
