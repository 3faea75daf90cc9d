import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import type { MockOptions } from "../src/options.ts";
import { account, call } from "./call.ts";
import { tokens } from "./server.ts";

const path = `/api/fota/v2/callbacks/${account}`;
const headerLines = Object.entries({ Host: "mock", ...tokens }).map(([name, value]) => `${name}: ${value}`);
const request = [`GET ${path} HTTP/1.1`, ...headerLines, "", ""].join("\r\n");

test("A request that arrives while the mock stops gets 503 with the error body, and those under way are answered", async () => {
  const mock = await createMock();
  const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  await call(origin, "POST", "/mock/faults", { delayMs: 1_000, times: 1 });
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  const received = text(socket);
  socket.write(request);
  // The fault has hit as soon as it is gone from the list.
  await expect.poll(async () => (await call(origin, "GET", "/mock/faults")).body).toHaveLength(0);
  const closed = mock.close();
  socket.write(request);
  await closed;
  const [first = "", second = ""] = (await received).split("HTTP/1.1 ").slice(1);
  expect(first).toMatch(/^200 OK/);
  expect(second).toMatch(/^503 /);
  expect(second).toMatch(/\nretry-after: 1\r/i);
  expect(JSON.parse(second.split("\r\n\r\n")[1] ?? "")).toMatchObject({ errorCode: "SERVICE_UNAVAILABLE" });
});

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const tls = { cert: fixture("localhost.cert.pem"), key: fixture("localhost.key.pem") };

/** The connections of clients that send no whole request, or no second one, and what they have sent when the mock stops. */
const silentConnections: {
  title: string;
  options?: MockOptions;
  open: (port: number) => Promise<Socket>;
}[] = [
  { title: "on which nothing was sent", open: (port) => connectAndSend(port) },
  { title: "with half a request", open: (port) => connectAndSend(port, "GET / HTTP/1.1\r\nHost: m") },
  {
    title: "with half a second request",
    open: async (port) => {
      const socket = await connectAndSend(port, `${request}GET / HTTP`);
      await once(socket, "data");
      return socket;
    },
  },
  {
    title: "with half a body",
    options: { requestTimeoutMs: 600 },
    open: (port) =>
      connectAndSend(port, request.replace("GET", "POST").replace(/\r\n$/, "Content-Length: 2\r\n\r\n{")),
  },
  {
    title: "without the TLS handshake that it needs",
    options: { tls },
    open: (port) => connectAndSend(port),
  },
  {
    title: "with half a TLS handshake",
    options: { tls },
    // The beginning of a ClientHello of 256 bytes.
    open: (port) => connectAndSend(port, Buffer.from("16030101000100", "hex")),
  },
  {
    title: "with a TLS handshake and nothing else",
    options: { tls },
    open: async (port) => {
      const socket = connectTls({
        host: "127.0.0.1",
        port,
        ca: tls.cert,
        checkServerIdentity: () => undefined,
      });
      await once(socket, "secureConnect");
      return socket;
    },
  },
];

async function connectAndSend(port: number, sent?: string | Buffer): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  if (sent !== undefined) await new Promise((resolve) => socket.write(sent, resolve));
  return socket;
}

test.each(silentConnections)(
  "A connection $title does not keep the mock from stopping",
  async ({ options, open }) => {
    const mock = await createMock(options);
    const port = Number(new URL(await mock.listen({ host: "127.0.0.1", port: 0 })).port);
    const socket = await open(port);
    const closed = once(socket.on("error", () => {}).resume(), "close");
    // Accepted after the connection before it.
    await once(
      connect(port, "127.0.0.1")
        .on("error", () => {})
        .end(),
      "close",
    );
    await mock.close();
    await closed;
  },
);

test("A request that is still under way after its client and the store are gone is not logged as an error", async () => {
  const createMockModule = fileURLToPath(new URL("../src/mock.ts", import.meta.url));
  const config = fileURLToPath(new URL("../config/mock-config.example.yaml", import.meta.url));
  const program = `
    import { request } from "node:http";
    import { mkdtempSync } from "node:fs";
    import { tmpdir } from "node:os";
    import { join } from "node:path";
    import { createMock } from ${JSON.stringify(createMockModule)};
    const store = join(mkdtempSync(join(tmpdir(), "mock-closing-")), "store.sqlite");
    const mock = await createMock({ store, auth: "strict", config: ${JSON.stringify(config)}, logLevel: "error" });
    const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
    await fetch(origin + "/mock/faults", {
      method: "POST", body: '{"delayMs":300,"times":1}', headers: { "Content-Type": "application/json" },
    });
    const sent = request(origin + ${JSON.stringify(path)}, { headers: ${JSON.stringify(tokens)} }).end();
    sent.on("error", () => {});
    // The fault has hit as soon as it is gone from the list.
    while ((await (await fetch(origin + "/mock/faults")).json()).length > 0);
    sent.destroy();
    await mock.close();
    console.log("closed");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, "exit");
  expect(output).toBe("closed\n");
  expect(errors).toBe("");
});
