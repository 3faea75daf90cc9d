import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type LookupFunction,
  type Socket,
} from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { describeFailure } from "./failure.ts";
import { createSender } from "./sender.ts";
import { createTargetGuard } from "./target/guard.ts";

const closers: (() => unknown)[] = [];
/** The connections of the test's listeners. */
const sockets: Socket[] = [];
afterEach(async () => {
  sockets.length = 0;
  for (const close of closers.splice(0).reverse()) await close();
});

/** Also when the connection is reset, which `once` of node:events rejects for. */
const whenClosed = (socket: Socket) =>
  new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once("close", resolve)));

test("The sender sends a callback and reports the status of the response", async () => {
  const received: { request: IncomingMessage; body: string }[] = [];
  const { url, port } = await listener(async (request, response) => {
    received.push({ request, body: await text(request) });
    response.writeHead(202).end("thanks");
  });
  const attempt = await sender([`127.0.0.1:${port}`])(`${url}/a?b=c#d`, '{"é":1}');
  expect(attempt).toEqual({ status: 202, durationMs: expect.any(Number) });
  expect(attempt.durationMs).toBeGreaterThanOrEqual(0);
  expect(received).toMatchObject([
    {
      request: {
        method: "POST",
        url: "/a?b=c",
        headers: {
          host: `127.0.0.1:${port}`,
          connection: "keep-alive",
          "content-type": "application/json",
          "content-length": "8",
          "user-agent": "thingspace-callbacks-mock",
        },
      },
      body: '{"é":1}',
    },
  ]);
});

test("A message is sent with its method and media type", async () => {
  const received: IncomingMessage[] = [];
  const { url } = await listener((request, response) => {
    received.push(request);
    response.end();
  });
  const { sendMessage } = sender(["127.0.0.1"]);
  await sendMessage({ url, method: "put", mediaType: "application/xml", body: "<a/>" });
  expect(received).toMatchObject([{ method: "PUT", headers: { "content-type": "application/xml" } }]);
});

test.each([
  { userInfo: "user:pass%20w%3Ard@", credentials: "user:pass w:rd" },
  { userInfo: "user@", credentials: "user:" },
  { userInfo: ":token@", credentials: ":token" },
  { userInfo: "100%:a@", credentials: "100%:a" },
])("The user and password of a URL, $userInfo, are sent as Basic", async ({ userInfo, credentials }) => {
  const received: (string | undefined)[] = [];
  const { port } = await listener(({ headers }, response) => {
    received.push(headers.authorization);
    response.writeHead(204).end();
  });
  await sender(["127.0.0.1"])(`http://${userInfo}127.0.0.1:${port}/`, "{}");
  await sender(["127.0.0.1"])(`http://127.0.0.1:${port}/`, "{}");
  expect(received).toEqual([`Basic ${btoa(credentials)}`, undefined]);
});

test("The sender reports an error status as a status and not as an error", async () => {
  const { url } = await listener((_request, response) => response.writeHead(500).end("no"));
  expect(await sender(["127.0.0.1"])(url, "{}")).toEqual({ status: 500, durationMs: expect.any(Number) });
});

test("The sender does not follow a redirect", async () => {
  let reached = 0;
  const hidden = await listener((_request, response) => {
    reached++;
    response.end();
  });
  const { url, port } = await listener((_request, response) =>
    response.writeHead(307, { location: hidden.url }).end(),
  );
  const send = sender([`127.0.0.1:${port}`, `127.0.0.1:${hidden.port}`]);
  expect(await send(url, "{}")).toEqual({ status: 307, durationMs: expect.any(Number) });
  expect(reached).toBe(0);
});

test("The sender reports a rejected target and does not connect to it", async () => {
  const { url, port, connections } = await listener((_request, response) => response.end());
  const send = sender([], { lookup: toLoopback });
  const { decide } = createTargetGuard({ allowAll: false, allowTargets: [] });
  const targets = [
    { url, target: { host: "127.0.0.1", port } },
    { url: `http://listener.test:${port}/`, target: { host: "listener.test", port, address: "127.0.0.1" } },
  ];
  for (const { url, target } of targets) {
    expect(await send(url, "{}")).toEqual({
      durationMs: expect.any(Number),
      error: describeFailure(decide(target)),
    });
  }
  expect(connections()).toBe(0);
});

test("The sender connects to an allowed host name at its resolved address", async () => {
  const hosts: (string | undefined)[] = [];
  const { port } = await listener((request, response) => {
    hosts.push(request.headers.host);
    response.end();
  });
  const send = sender(["listener.test"], { lookup: toLoopback });
  expect(await send(`http://listener.test:${port}/`, "{}")).toMatchObject({ status: 200 });
  expect(hosts).toEqual([`listener.test:${port}`]);
});

test("Messages to one listener share a connection, also when its name resolves to another address meanwhile", async () => {
  const { port, connections } = await listener((_request, response) => response.end());
  const addresses = ["127.0.0.1", "127.0.0.2"];
  const send = sender(["127.0.0.1"], { lookup: toEach(addresses) });
  for (let count = 0; count < 20; count += 1) {
    expect(await send(`http://listener.test:${port}/`, "{}")).toMatchObject({ status: 200 });
    await turn();
  }
  expect(connections()).toBe(1);
  expect(addresses).toHaveLength(1);
});

test.each([
  { listener: "that closes its connections", count: 1, headers: { connection: "close" } },
  { listener: "that keeps its connections for a second", count: 1, headers: { "keep-alive": "timeout=1" } },
  { listener: "that was sent 100 messages", count: 100, headers: {} },
])("A listener $listener is decided on again", async ({ count, headers }) => {
  const { port, connections } = await listener((_request, response) =>
    response.writeHead(200, headers).end(),
  );
  const addresses = ["127.0.0.1", "127.0.0.2"];
  const send = sender(["127.0.0.1"], { lookup: toEach(addresses) });
  for (let sent = 0; sent < count; sent += 1) {
    expect(await send(`http://listener.test:${port}/`, "{}")).toMatchObject({ status: 200 });
    await turn();
  }
  expect(await send(`http://listener.test:${port}/`, "{}")).not.toHaveProperty("status");
  expect(addresses).toEqual([]);
  expect(connections()).toBe(1);
});

test("Senders do not share connections, because what one may reach the other may not", async () => {
  const { url, connections } = await listener((_request, response) => response.end());
  expect(await sender(["127.0.0.1"])(url, "{}")).toMatchObject({ status: 200 });
  expect(await sender([])(url, "{}")).not.toHaveProperty("status");
  expect(await sender(["127.0.0.1"])(url, "{}")).toMatchObject({ status: 200 });
  expect(connections()).toBe(2);
});

test("A listener that closes idle connections gets each message once, and no attempt fails", async () => {
  let hits = 0;
  const { url, connections } = await listener((request, response) => {
    hits += 1;
    const { socket } = request;
    response.end();
    // Soon after the response, without having announced it.
    response.once("finish", () => setImmediate(() => socket.end()));
  });
  const send = sender(["127.0.0.1"]);
  for (let count = 0; count < 50; count += 1) {
    expect(await send(url, "{}")).toEqual({ status: 200, durationMs: expect.any(Number) });
    await Promise.all(sockets.map(whenClosed));
  }
  expect({ hits, connections: connections() }).toEqual({ hits: 50, connections: 50 });
});

test("A listener that closes the connection in place of a second response gets the message once", async () => {
  let hits = 0;
  const { url } = await listener((request, response) => {
    hits += 1;
    if (hits === 1) response.end();
    else request.socket.destroy();
  });
  const send = sender(["127.0.0.1"]);
  expect(await send(url, "{}")).toMatchObject({ status: 200 });
  await turn();
  expect((await send(url, "{}")).error).toBe("connection closed by the listener");
  expect(hits).toBe(2);
});

test("An idle connection is closed after a second, and at once when the sender is closed", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { url } = await listener((_request, response) => response.end(), { keepAliveTimeout: 0 });
  const send = sender(["127.0.0.1"]);
  await send(url, "{}");
  const [first] = sockets;
  await vi.advanceTimersByTimeAsync(999);
  expect(first?.destroyed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await whenClosed(first as Socket);
  await send(url, "{}");
  const open = sockets.filter((socket) => !socket.destroyed);
  const closing = Promise.all(open.map(whenClosed));
  // Not by being idle: no time passes.
  await send.close();
  await closing;
  expect(open).toHaveLength(1);
});

test("The sender stops waiting for a listener that does not respond in time", async () => {
  const { url } = await listener(() => {});
  expect(await sender(["127.0.0.1"], { timeoutMs: 50 })(url, "{}")).toEqual({
    durationMs: expect.any(Number),
    error: "timed out after 50 ms",
  });
});

test("A message whose time is over before there is a connection is not sent afterwards", async () => {
  const bodies: string[] = [];
  const { port } = await listener(async (request, response) => {
    bodies.push(await text(request));
    response.end();
  });
  let found: (() => void) | undefined;
  const send = sender(["127.0.0.1"], {
    timeoutMs: 50,
    lookup: (host, options, callback) => {
      const answer = () => toLoopback(host, options, callback);
      if (found) answer();
      else found = answer;
    },
  });
  expect((await send(`http://listener.test:${port}/`, "1")).error).toBe("timed out after 50 ms");
  found?.();
  await expect.poll(() => sockets).toHaveLength(1);
  // On the connection that is there now.
  await expect
    .poll(async () => (await send(`http://listener.test:${port}/`, "2")).status, { interval: 1 })
    .toBe(200);
  expect(new Set(bodies)).toEqual(new Set(["2"]));
});

test("The sender reports the status of a listener that does not finish its response in time", async () => {
  const { url } = await listener((_request, response) => response.writeHead(200).write("and"));
  expect(await sender(["127.0.0.1"], { timeoutMs: 500 })(url, "{}")).toMatchObject({
    status: 200,
    error: "timed out after 500 ms",
  });
});

test.each([
  ["of unknown length", {}],
  ["of known length", { "content-length": "1000000000" }],
])("An endless response %s is dropped after 64 KiB", async (_kind, headers) => {
  let closed: Promise<unknown> = Promise.resolve();
  let written = 0;
  const { url } = await listener((_request, response) => {
    closed = once(response, "close");
    const chunk = Buffer.alloc(16 * 1024);
    const write = () => {
      while (!response.destroyed && response.write(chunk)) written += chunk.length;
    };
    response.writeHead(200, headers).on("drain", write);
    write();
  });
  expect(await sender(["127.0.0.1"])(url, "{}")).toEqual({ status: 200, durationMs: expect.any(Number) });
  await closed;
  // The buffers of the sockets hold more on the way.
  expect(written).toBeLessThan(50_000_000);
});

test("A port without a listener is reported as a refused connection", async () => {
  const { url, close } = await listener(() => {});
  await close();
  expect((await sender(["127.0.0.1"])(url, "{}")).error).toBe("connection refused");
});

test("A listener that closes the connection without a response is reported", async () => {
  const { url } = await listener((request) => request.socket.destroy());
  expect((await sender(["127.0.0.1"])(url, "{}")).error).toBe("connection closed by the listener");
});

test("A listener that closes the connection during its response is reported with the status", async () => {
  const { url } = await listener((request, response) => {
    response.writeHead(200, { "content-length": "10" }).write("half", () => request.socket.destroy());
  });
  expect(await sender(["127.0.0.1"])(url, "{}")).toMatchObject({
    status: 200,
    error: "connection closed by the listener",
  });
});

test("A response that is not HTTP is reported", async () => {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {}).once("data", () => socket.end("220 mail.test ESMTP\r\n"));
  });
  const { port } = await listening(server);
  expect((await sender(["127.0.0.1"])(`http://127.0.0.1:${port}`, "{}")).error).toBe("response is not HTTP");
});

test("A port that does not use TLS is reported for an https URL", async () => {
  const { port } = await listener(() => {});
  expect((await sender(["127.0.0.1"])(`https://127.0.0.1:${port}`, "{}")).error).toBe("no TLS at this port");
});

test.each(["", "listener", "ftp://127.0.0.1/", "file:///etc/passwd", "http://"])(
  "%j is no URL to send to",
  async (url) => {
    expect((await sender([])(url, "{}")).error).toBe("not an http or https URL");
  },
);

test("A failed DNS lookup is reported as a host that was not found", async () => {
  const send = sender([], {
    lookup: (_host, _options, callback) => callback(Object.assign(new Error(), { code: "ENOTFOUND" }), []),
  });
  expect((await send("http://listener.test/", "{}")).error).toBe("host not found");
});

test("Aborting the signal ends the attempt", async () => {
  const controller = new AbortController();
  const { url } = await listener(() => controller.abort("any reason"));
  const send = sender(["127.0.0.1"]);
  expect((await send(url, "{}", controller.signal)).error).toBe("aborted");
  expect((await send(url, "{}", controller.signal)).error).toBe("aborted");
});

test("Closing the sender ends the current attempt and rejects later ones", async () => {
  let reached = () => {};
  const arrived = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const { url } = await listener(reached);
  const send = sender(["127.0.0.1"]);
  const attempt = send(url, "{}");
  await arrived;
  await send.close();
  expect((await attempt).error).toBe("aborted");
  expect((await send(url, "{}")).error).toBe("aborted");
});

const pem = selfSigned();

test.skipIf(!pem)("An untrusted certificate is reported, and nothing is sent", async () => {
  let reached = 0;
  const server = createTlsServer({ key: pem, cert: pem }, (_request, response) => {
    reached++;
    response.end();
  });
  const { port } = await listening(server);
  const { error } = await sender(["127.0.0.1"])(`https://127.0.0.1:${port}`, "{}");
  expect(error).toBe("certificate is self-signed");
  expect(reached).toBe(0);
});

/** A key and its certificate, where the machine has OpenSSL to make them; a key in the repository would alarm scanners. */
function selfSigned(): string | undefined {
  const args = "req -x509 -nodes -newkey rsa:2048 -subj /CN=listener.test -keyout - -out -".split(" ");
  const { status, stdout } = spawnSync("openssl", args, { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

/** Resolves in the next turn of the event loop, when the connection of the response before can be used again. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Resolves names to one address after the other. */
const toEach =
  (addresses: string[]): LookupFunction =>
  (_host, _options, callback) =>
    callback(null, [{ address: addresses.shift() ?? "", family: 4 }]);

const toLoopback: LookupFunction = (_host, _options, callback) =>
  callback(null, [{ address: "127.0.0.1", family: 4 }]);

function sender(
  allowTargets: string[],
  { lookup = failing, ...options }: { lookup?: LookupFunction; timeoutMs?: number } = {},
) {
  const sendMessage = createSender({
    guard: createTargetGuard({ allowAll: false, allowTargets, lookup }),
    ...options,
  });
  const { close } = sendMessage;
  closers.push(close);
  const send = (url: string, body: string, signal?: AbortSignal) =>
    sendMessage({ url, method: "post", mediaType: "application/json", body }, signal);
  return Object.assign(send, { sendMessage, close });
}

/** Keeps a test from looking a name up by mistake. */
const failing: LookupFunction = (host, _options, callback) => callback(new Error(`lookup of ${host}`), []);

async function listener(onRequest: RequestListener, options: ServerOptions = {}) {
  const server = createServer(options, onRequest);
  let accepted = 0;
  server.on("connection", (socket) => {
    accepted++;
    sockets.push(socket);
  });
  const { port, close } = await listening(server);
  return { url: `http://127.0.0.1:${port}`, port, close, connections: () => accepted };
}

async function listening(server: ReturnType<typeof createTcpServer> | Server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server.close(), "close");
    if ("closeAllConnections" in server) server.closeAllConnections();
    await closed;
  };
  closers.push(close);
  return { port: (server.address() as AddressInfo).port, close };
}
