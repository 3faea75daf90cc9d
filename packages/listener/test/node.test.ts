import { Agent, createServer, type RequestListener, request as send } from "node:http";
import { connect, type Socket } from "node:net";
import express from "express";
import { fastify, type RouteHandlerMethod } from "fastify";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type CallbackListener, type NodeRequest, type NodeResponse, toNodeHandler } from "../src/index.ts";
import { sendTo, serve } from "./adapters.ts";
import { createListener, json, messageOf, pathSecret, post } from "./listeners.ts";

/** Sends bytes over a connection of its own, and collects the response until the connection ends. */
async function raw(origin: string, ...parts: string[]) {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const closed = new Promise<string>((resolve) => {
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(received));
  });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  for (const part of parts) socket.write(part);
  return { socket, closed };
}

/** Resolves with the first bytes of the response. */
const readFirstBytes = (socket: Socket) => new Promise((resolve) => socket.once("data", resolve));

const head = (headers: string) =>
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`;
const statusOf = (text: string) => text.split(" ")[1];

describe("a refusal without the body", () => {
  test.each([
    ["405", `GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n`, {}],
    ["415", "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n", {}],
    ["413", head("Content-Length: 11"), { maxBodyBytes: 10 }],
    ["403", head("Content-Length: 5"), { allowedAddresses: ["192.0.2.1"], clientAddress: () => undefined }],
  ])("status %s is sent before any byte of the body arrives", async (status, request, options) => {
    const { listener } = createListener(options);
    const { socket } = await raw(await serve(toNodeHandler(listener)), request);
    expect(statusOf(String(await readFirstBytes(socket)))).toBe(status);
    socket.destroy();
  });
});

describe("a body", () => {
  test("a body that stops is refused after bodyTimeoutMs, and the connection ends", async () => {
    const { listener, failures } = createListener({ bodyTimeoutMs: 20 });
    const origin = await serve(toNodeHandler(listener));
    for (const start of [head("Content-Length: 100"), head("Transfer-Encoding: chunked")]) {
      const { closed } = await raw(origin, start, '5\r\n{"a":');
      const text = await closed;
      expect(statusOf(text)).toBe("408");
      expect(text).toMatch(/^Connection: close\r$/m);
    }
    expect(failures).toMatchObject(Array(2).fill({ code: "BODY_TOO_SLOW", status: 408 }));
  });

  test("a refused body that never ends is cut off after bodyTimeoutMs", async () => {
    const { listener } = createListener({ maxBodyBytes: 10, bodyTimeoutMs: 20 });
    const origin = await serve(toNodeHandler(listener));
    for (const start of [head("Content-Length: 1000000"), head("Transfer-Encoding: chunked")]) {
      const { closed } = await raw(origin, start, `100\r\n${"x".repeat(256)}`);
      expect(statusOf(await closed)).toBe("413");
    }
  });

  test("a body that the client breaks off reaches no handler, and the next request works", async () => {
    const { listener, handled, failures } = createListener();
    const origin = await serve(toNodeHandler(listener));
    const { socket } = await raw(origin, head("Content-Length: 100"), "{");
    socket.destroy();
    await expect.poll(() => failures.length).toBe(1);
    expect(failures).toMatchObject([{ code: "BODY_INCOMPLETE", status: 400 }]);
    expect((await sendTo(origin, post(messageOf()))).status).toBe(204);
    expect(handled).toHaveBeenCalledOnce();
  });

  test("a refused body leaves the connection to the next request", async () => {
    const { listener } = createListener({ maxBodyBytes: 1_000 });
    const origin = await serve(toNodeHandler(listener));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    const statuses = [];
    const refused = { "Content-Type": "text/plain" };
    for (const [headers, body] of [
      [json, messageOf()],
      [refused, "x".repeat(100_000)],
      [json, "x".repeat(100_000)],
      [{ ...json, "Transfer-Encoding": "chunked" }, "x".repeat(100_000)],
      [json, "{}"],
      [json, messageOf()],
    ] as const) {
      statuses.push(
        await new Promise((resolve, reject) => {
          const request = send(origin, { method: "POST", agent, headers }, (response) => {
            ports.add(request.socket?.localPort);
            response.resume().on("end", () => resolve(response.statusCode));
          });
          request.on("error", reject);
          request.end(body);
        }),
      );
    }
    agent.destroy();
    expect(statuses).toEqual([204, 415, 413, 413, 401, 204]);
    expect(ports.size).toBe(1);
  });

  test("a body in 1-byte pieces is put together", async () => {
    const { listener } = createListener();
    const chunks = [...messageOf()].map((letter) => `1\r\n${letter}\r\n`);
    const { socket } = await raw(
      await serve(toNodeHandler(listener)),
      head("Transfer-Encoding: chunked"),
      ...chunks,
      "0\r\n\r\n",
    );
    expect(statusOf(String(await readFirstBytes(socket)))).toBe("204");
    socket.destroy();
  });

  test("a body announced with Expect: 100-continue is accepted", async () => {
    const { listener } = createListener();
    const body = messageOf();
    const { socket } = await raw(
      await serve(toNodeHandler(listener)),
      head(`Expect: 100-continue\r\nContent-Length: ${body.length}`),
    );
    expect(statusOf(String(await readFirstBytes(socket)))).toBe("100");
    socket.write(body);
    expect(statusOf(String(await readFirstBytes(socket)))).toBe("204");
    socket.destroy();
  });
});

describe("a body that was read before", () => {
  /** An Express app whose middleware comes before the listener. */
  const behind = (listener: CallbackListener, ...middleware: express.RequestHandler[]) =>
    serve(
      express()
        .use(...middleware)
        .post("/fota", toNodeHandler(listener)),
    );

  test.each([
    ["express.json()", express.json({ limit: "2mb" })],
    ["express.text()", express.text({ type: "*/*", limit: "2mb" })],
    ["express.raw()", express.raw({ type: "*/*", limit: "2mb" })],
  ])("a body that %s read is accepted, within the same size limit", async (_, parser) => {
    const { listener, handled } = createListener({ maxBodyBytes: 1_000 });
    const origin = await behind(listener, parser);
    expect((await sendTo(origin, post(messageOf({ extra: 1 }), { path: "/fota" }))).status).toBe(204);
    expect(handled.mock.calls[0]?.[0]).toMatchObject({ extra: 1 });
    expect((await sendTo(origin, post(messageOf({ password: "x" }), { path: "/fota" }))).status).toBe(401);
    const large = messageOf({ large: "x".repeat(1_000) });
    expect((await sendTo(origin, post(large, { path: "/fota" }))).status).toBe(413);
  });

  test("a body that was read and discarded gives 500, and onError says what to do", async () => {
    const { listener, failures } = createListener();
    const origin = await behind(listener, (request, _response, next) => request.resume().on("end", next));
    expect((await sendTo(origin, post(messageOf(), { path: "/fota" }))).status).toBe(500);
    expect(failures).toMatchObject([{ code: "BODY_ALREADY_READ" }]);
    expect(String(failures[0]?.error)).toContain("mount it before body parsers");
  });

  test("a response that middleware has sent is not changed", async () => {
    const { listener } = createListener();
    const origin = await behind(listener, (_request, response, next) => {
      response.writeHead(202).flushHeaders();
      next();
      response.end();
    });
    expect((await sendTo(origin, post(messageOf(), { path: "/fota" }))).status).toBe(202);
  });
});

describe("a listener without toNodeHandler", () => {
  const misused = (listener: CallbackListener) => listener as unknown as express.RequestHandler;

  test.each([
    { name: "in node:http", mount: misused },
    {
      name: "in Express",
      mount: (listener: CallbackListener) => express().post("/fota", misused(listener)),
    },
    {
      name: "as Express middleware",
      mount: (listener: CallbackListener) => express().use(misused(listener)),
    },
    {
      name: "in an Express handler that passes the request alone",
      mount: (listener: CallbackListener) =>
        express().post("/fota", (request) => void listener(request as unknown as Request)),
    },
  ])(
    "a listener $name, without toNodeHandler, responds with 500 at once and says to use it",
    async ({ mount }) => {
      const { listener, handled, failures } = createListener();
      const origin = await serve(mount(listener) as RequestListener);
      const { status, error } = await sendTo(origin, post(messageOf(), { path: "/fota" }));
      expect(status).toBe(500);
      expect(error).toContain("toNodeHandler(listener)");
      expect(failures).toMatchObject([
        { code: "NOT_A_WEB_REQUEST", request: { method: "POST", url: "/fota" } },
      ]);
      expect(handled).not.toHaveBeenCalled();
    },
  );

  test("a listener in Fastify, without toNodeHandler, responds with 500 at once and says to use it", async () => {
    const { listener } = createListener();
    const app = fastify().post("/fota", listener as unknown as RouteHandlerMethod);
    onTestFinished(() => app.close());
    const origin = await app.listen({ host: "127.0.0.1", port: 0 });
    const { status, error } = await sendTo(origin, post(messageOf(), { path: "/fota" }));
    expect(status).toBe(500);
    expect(error).toContain("toNodeHandler(listener)");
  });

  test.each([
    { name: "nothing", given: [] },
    { name: "a path", given: ["/fota"] },
    {
      name: "a response that was sent",
      given: [{ headers: {} }, { headersSent: true, writeHead() {}, end() {} }],
    },
  ])("a listener called with $name resolves with 500", async ({ given }) => {
    const listener = createListener().listener as (...given: unknown[]) => Promise<Response>;
    expect((await listener(...given)).status).toBe(500);
  });
});

test("a client that disconnects before the response does not disturb the next request", async () => {
  let fail = (_: Error) => {};
  const started = vi.fn();
  const other = () => {
    started();
    return new Promise((_, reject) => {
      fail = reject;
    });
  };
  const { listener, failures } = createListener({ on: { other } });
  const closed = vi.fn();
  const origin = await serve((request, response) => {
    response.on("close", closed);
    return toNodeHandler(listener)(request, response);
  });
  const body = messageOf();
  const { socket } = await raw(origin, head(`Content-Length: ${body.length}`), body);
  await expect.poll(() => started.mock.calls.length).toBe(1);
  socket.destroy();
  await expect.poll(() => closed.mock.calls.length).toBe(1);
  fail(new Error("full disk"));
  await expect.poll(() => failures.length).toBe(1);
  expect((await sendTo(origin, post("{}"))).status).toBe(401);
});

test("the path secret is found although an Express router has shortened the URL", async () => {
  const { listener } = createListener({ verify: { pathSecret } });
  const router = express.Router().use(toNodeHandler(listener));
  const origin = await serve(express().use(`/callbacks/${pathSecret}`, router));
  expect((await sendTo(origin, post("{}", { path: `/callbacks/${pathSecret}` }))).status).toBe(204);
});

test("clientAddress receives the address of the peer", async () => {
  const clientAddress = vi.fn(({ remoteAddress }) => remoteAddress);
  const { listener } = createListener({ allowedAddresses: ["127.0.0.1"], clientAddress });
  expect((await sendTo(await serve(toNodeHandler(listener)), post(messageOf()))).status).toBe(204);
  expect(clientAddress).toHaveBeenCalledWith(expect.objectContaining({ remoteAddress: "127.0.0.1" }));
});

test("several values of a header are joined with commas", async () => {
  const verify = vi.fn(
    (_message: unknown, { headers }: { headers: { get(name: string): string | null } }) => {
      return headers.get("Set-Cookie") === "a, b";
    },
  );
  const { listener } = createListener({ verify });
  const { socket } = await raw(
    await serve(toNodeHandler(listener)),
    head("Set-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2"),
    "{}",
  );
  expect(statusOf(String(await readFirstBytes(socket)))).toBe("204");
  socket.destroy();
});

test("toNodeHandler refuses anything but a listener", () => {
  expect(() => toNodeHandler(async () => new Response())).toThrow(TypeError);
});

// Checked by the compiler; not run.
export function types(listener: CallbackListener) {
  // The types are those of node:http, without its declarations.
  toNodeHandler(listener) satisfies (request: NodeRequest, response: NodeResponse) => Promise<void>;
  toNodeHandler(listener) satisfies express.RequestHandler;
  createServer(toNodeHandler(listener));
  // Other servers call it with more than the request.
  listener satisfies (
    request: Request,
    environment: { SECRET: string },
    context: object,
  ) => Promise<Response>;
  listener satisfies (request: Request, environment: unknown) => Response | Promise<Response>;
  // @ts-expect-error toNodeHandler is missing
  express().post("/fota", listener);
  // @ts-expect-error toNodeHandler is missing
  express().use(listener);
  // @ts-expect-error toNodeHandler is missing
  createServer(listener);
  // @ts-expect-error toNodeHandler is missing
  fastify().post("/fota", listener);
}
