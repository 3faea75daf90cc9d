import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, expect, test, vi } from "vitest";
import { endSilentConnections } from "./silent-connections.ts";

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  { title: "does not read its response", path: "/large", afterMs: 2_000 },
  { title: "has half a request on its way", path: "/large HTTP/1.1\r\nHost", afterMs: 500 },
  { title: "waits for a response that does not begin", path: "/never", afterMs: 30_000 },
])("A client that $title keeps a closed server waiting for $afterMs ms", async ({ path, afterMs }) => {
  const { app, send } = await startServer();
  await send(path);
  const { closed, isClosed } = await close(app);
  await vi.advanceTimersByTimeAsync(afterMs - 1);
  expect(isClosed()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closed;
});

test("A response that begins after the server is closed has its time, too, and then its connection ends", async () => {
  const { app, send, answers } = await startServer();
  const socket = await send("/later");
  const { closed } = await close(app);
  await vi.advanceTimersByTimeAsync(1_900);
  answers.shift()?.(createLarge());
  await once(socket, "readable");
  await vi.advanceTimersByTimeAsync(200);
  await readLarge(socket);
  await vi.advanceTimersByTimeAsync(500);
  await closed;
});

test("A response that was ended before the server is closed is sent whole", async () => {
  const { app, send } = await startServer();
  const socket = await send("/ended");
  await once(socket, "readable");
  const { closed } = await close(app);
  await readLarge(socket);
  await vi.advanceTimersByTimeAsync(500);
  await closed;
});

test("A connection whose requests were answered is ended when the server is closed", async () => {
  const { app, send } = await startServer();
  const socket = await send("/small");
  await once(socket.resume(), "data");
  const ended = new Promise((resolve) => socket.once("close", resolve));
  const { closed } = await close(app);
  await closed;
  await ended;
});

/** More than the system keeps for a client that does not read. */
const largeBytes = 64 * 1024 * 1024;
/** Reads a large response to its end, and leaves the connection as it is. */
async function readLarge(socket: Socket) {
  let bytes = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > largeBytes) break;
  }
  expect(bytes).toBeGreaterThan(largeBytes);
}

const createLarge = () => Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(1024 * 1024)));

/** Starts a server, and returns what sends a request from a client that does not read. */
async function startServer() {
  const app = Fastify();
  endSilentConnections(app, 10_000);
  const answers: ((body: Readable) => void)[] = [];
  app.get("/large", async () => createLarge());
  app.get("/ended", async () => Buffer.alloc(largeBytes));
  app.get("/small", async () => "small");
  app.get("/later", () => new Promise((resolve) => answers.push(resolve)));
  app.get("/never", () => new Promise(() => {}));
  await app.listen({ host: "127.0.0.1", port: 0 });
  vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearTimeout"] });
  const { port } = app.server.address() as AddressInfo;
  const send = async (path: string) => {
    const isWhole = !path.includes("HTTP");
    const arrived = once(app.server, isWhole ? "request" : "connection");
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    socket.write(isWhole ? `GET ${path} HTTP/1.1\r\nHost: mock\r\n\r\n` : `GET ${path}`);
    await arrived;
    return socket;
  };
  return { app, send, answers };
}

/** Begins to close an application, and resolves when its hooks have run: then its server takes no more connections. */
async function close(app: FastifyInstance) {
  let isClosed = false;
  const closed = app.close().then(() => {
    isClosed = true;
  });
  while (app.server.listening) await new Promise((resolve) => setImmediate(resolve));
  return { closed, isClosed: () => isClosed };
}
