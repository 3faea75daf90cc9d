import { once } from "node:events";
import {
  createServer,
  get,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { StoreAwayError } from "../postgres/away.ts";
import { createForward } from "./forward.ts";

test("A response is forwarded with its status and headers, without those of the connection", async () => {
  const { url } = await startForwarder((request, response) => {
    response.writeHead(418, { "x-one": "1", "set-cookie": ["a=1", "b=2"], "keep-alive": "timeout=7" });
    response.end(JSON.stringify(request.headers));
  });
  const received = await fetch(`${url}/path?query`, { headers: { "x-two": "2" } });
  expect(received.status).toBe(418);
  expect(received.headers.get("x-one")).toBe("1");
  expect(received.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(received.headers.get("keep-alive")).not.toBe("timeout=7");
  const forwarded = await received.json();
  expect(forwarded).toMatchObject({ host: new URL(url).host, "x-two": "2", "x-mock-forwarded": "1" });
});

test.each([
  { what: "of known length", headers: { "content-length": "512" } },
  { what: "in chunks", headers: {} },
])("Every byte of a body $what is forwarded as it is", async ({ headers }) => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const { url } = await startForwarder((_request, response) => {
    response.writeHead(200, headers);
    response.write(bytes);
    response.end(bytes);
  });
  const received = await (await fetch(url)).arrayBuffer();
  expect(Buffer.from(received)).toEqual(Buffer.concat([bytes, bytes]));
});

test("A response that breaks off at the active instance breaks off for the caller", async () => {
  const { url } = await startForwarder((_request, response) => {
    response.write("half", () => response.destroy());
  });
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
});

test("A caller that goes away ends its request at the active instance", async () => {
  const arrived = createArrival();
  const { url } = await startForwarder((_request, response) => arrived.resolve(response));
  const request = get(url).on("error", () => {});
  const response = await arrived.promise;
  const closed = once(response, "close");
  request.destroy();
  await closed;
  expect(response.writableFinished).toBe(false);
});

test("A caller that reads slowly makes the active instance wait, and gets everything", async () => {
  const chunk = Buffer.alloc(64 * 1024);
  const count = 1_000;
  let written = 0;
  const waits = createArrival();
  const { url } = await startForwarder((request, response) => {
    if (request.url === "/other") return response.end();
    const write = () => {
      while (written < count) {
        written += 1;
        if (!response.write(chunk)) return waits.resolve(response.once("drain", write));
      }
      response.end();
    };
    write();
  });
  const [response] = (await once(get(url), "response")) as [IncomingMessage];
  await waits.promise;
  // Responses are forwarded while other requests are, because both need turns of the same event loop.
  let before = 0;
  while (written > before) {
    before = written;
    for (let turn = 0; turn < 10; turn += 1) await fetch(`${url}/other`);
  }
  expect(written).toBeLessThan(count);
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) bytes += piece.length;
  expect(bytes).toBe(count * chunk.length);
});

test("An active instance that does not respond is reported as a store that is away", async () => {
  const { url, errors } = await startForwarder((request) => request.socket.destroy());
  expect((await fetch(url)).status).toBe(500);
  expect(errors).toMatchObject([{ name: new StoreAwayError().name }]);
});

/** Starts the active instance, and one that forwards to it. */
async function startForwarder(onRequest: RequestListener) {
  const active = createServer(onRequest).listen(0, "127.0.0.1");
  await once(active, "listening");
  const forward = createForward();
  const errors: Error[] = [];
  const app = Fastify({ forceCloseConnections: true });
  app.setErrorHandler((error: Error, _request, reply) => {
    errors.push(error);
    return reply.code(500).send();
  });
  app.get("/*", {
    onRequest: (request, reply, done) => {
      const { port } = active.address() as AddressInfo;
      forward(request, reply, `http://127.0.0.1:${port}`).catch(done);
    },
    handler: () => {},
  });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(async () => {
    await forward.end();
    await app.close();
    active.close().closeAllConnections();
  });
  return { url, errors };
}

/** Creates a promise of a response, and what resolves it. */
function createArrival() {
  let resolve: (response: ServerResponse) => void = () => {};
  const promise = new Promise<ServerResponse>((onResolve) => {
    resolve = onResolve;
  });
  return { promise, resolve };
}
