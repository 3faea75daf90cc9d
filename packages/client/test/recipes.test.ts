import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import nodeFetch from "node-fetch";
import * as undici from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClientWithDispatcher } from "../examples/dispatcher.ts";
import { createClientWithAuthority } from "../examples/own-authority.ts";
import { createClientBehindProxy } from "../examples/proxy.ts";
import { type ClientOptions, createThingSpaceClient } from "../src/index.ts";
import { account, errorOf } from "./service.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const authority = fixture("authority.cert.pem");

/** The requests that the service received: method, tokens and body of each request. */
let received: { method: string | undefined; authorization: string | undefined; body: string }[] = [];
/** The addresses that the proxy was asked for. */
let proxied: string[] = [];

const respond = async (request: IncomingMessage) => {
  const chunks = await request.toArray();
  const { authorization } = request.headers;
  received.push({ method: request.method, authorization, body: Buffer.concat(chunks).toString() });
};
const service = createServer(async (request, response) => {
  await respond(request);
  response.end("[]");
});
let tlsService: Server;

/** A proxy that forwards requests and tunnels connections. */
const proxy = createServer((request, response) => {
  const { url = "", method, headers } = request;
  proxied.push(new URL(url).host);
  request.pipe(
    httpRequest(url, { method, headers }, (got) => {
      response.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(response);
    }),
  );
}).on("connect", (request, socket, head) => {
  proxied.push(request.url ?? "");
  const { hostname, port } = new URL(`http://${request.url}`);
  const upstream = connect(Number(port), hostname, () => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("error", () => upstream.destroy());
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const optionsAt = (origin: string): ClientOptions => ({
  environment: "mock",
  origin,
  credentials: { accessToken: "the-access-token", sessionToken: "the-session-token" },
  retries: 0,
});
const plainOrigin = () => `http://127.0.0.1:${portOf(service)}`;
const tlsOrigin = () => `https://localhost:${portOf(tlsService)}`;
const proxyUrl = () => `http://127.0.0.1:${portOf(proxy)}`;

/** An origin where no server listens any more. */
const closedOrigin = async () => {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${portOf(server)}`;
  await once(server.close(), "close");
  return origin;
};

beforeAll(async () => {
  tlsService = createTlsServer(
    { cert: await readFile(fixture("server.cert.pem")), key: await readFile(fixture("server.key.pem")) },
    async (request, response) => {
      await respond(request);
      response.end("[]");
    },
  );
  for (const server of [service, tlsService, proxy]) await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  for (const server of [service, tlsService, proxy]) {
    server.close();
    server.closeAllConnections();
  }
});
beforeEach(() => {
  received = [];
  proxied = [];
});

describe("the fetch of a library", () => {
  test.each<{ library: string; fetch: ClientOptions["fetch"] }>([
    { library: "undici", fetch: undici.fetch },
    { library: "node-fetch", fetch: nodeFetch },
    { library: "the platform", fetch: globalThis.fetch },
  ])(
    "The client takes the fetch of $library as it is, with bodies, tokens, aborts and failures",
    async ({ fetch }) => {
      const thingspace = createThingSpaceClient({ ...optionsAt(plainOrigin()), fetch });
      const body = { name: "Fota", url: "https://example.com/fota" } as const;
      expect((await thingspace.v1.registerCallback(account, body)).ok).toBe(true);
      const listed = await thingspace.v1.listRegisteredCallbacks(account);
      expect(listed).toMatchObject({ ok: true, data: [] });
      expect(received).toEqual([
        { method: "POST", authorization: "Bearer the-access-token", body: JSON.stringify(body) },
        { method: "GET", authorization: "Bearer the-access-token", body: "" },
      ]);
      const signal = AbortSignal.abort("enough");
      expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account, { signal }))).toBe("enough");
      const nobody = createThingSpaceClient({ ...optionsAt(await closedOrigin()), fetch });
      expect(await errorOf(nobody.v1.listRegisteredCallbacks(account))).toMatchObject({
        code: "ECONNREFUSED",
        isUnsent: true,
      });
    },
  );
});

describe("a proxy", () => {
  test("A proxy is used as in examples/proxy.ts", async () => {
    const thingspace = createClientBehindProxy(proxyUrl(), optionsAt(plainOrigin()));
    expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
    expect(proxied).toEqual([new URL(plainOrigin()).host]);
  });

  test("A proxy and a certificate authority are taken from the environment variables of Node.js", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [fixture("list.ts"), tlsOrigin()], {
      env: { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: proxyUrl(), NODE_EXTRA_CA_CERTS: authority },
    });
    expect(stdout.trim()).toBe("200");
    expect(proxied).toEqual([new URL(tlsOrigin()).host]);
  });
});

describe("a server whose authority is unknown", () => {
  test("A server with an unknown authority is refused before anything is sent", async () => {
    const thingspace = createThingSpaceClient(optionsAt(tlsOrigin()));
    expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
      name: "ThingSpaceNetworkError",
      isUnsent: true,
    });
    expect(received).toEqual([]);
  });

  test("A login to a server with an unknown authority does not count, however often it is tried", async () => {
    const credentials = { accessToken: "a", username: "u", password: "p" };
    const thingspace = createThingSpaceClient({ ...optionsAt(tlsOrigin()), credentials });
    for (let call = 0; call < 5; call++) {
      expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
        name: "ThingSpaceNetworkError",
        operation: "auth.logIn",
      });
    }
  });

  test("A server with an own authority is trusted as in examples/own-authority.ts", async () => {
    const thingspace = createClientWithAuthority(await readFile(authority, "utf8"), optionsAt(tlsOrigin()));
    expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
  });
});

test("A dispatcher is used as in examples/dispatcher.ts", async () => {
  const origins: unknown[] = [];
  const dispatcher = new undici.Agent().compose((dispatch) => (options, handler) => {
    origins.push(options.origin);
    return dispatch(options, handler);
  });
  const thingspace = createClientWithDispatcher(dispatcher, optionsAt(plainOrigin()));
  expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
  expect(origins.map(String)).toEqual([plainOrigin()]);
});
