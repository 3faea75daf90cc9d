import { Agent, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { tokens, useServer } from "./server.ts";

const server = useServer();
const path = "/api/fota/v1/callbacks/0242078689-00001";

test.each([65_537, 5_000_000])("The connection stays open after a body of %i bytes", async (size) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const tooLarge = await send(agent, "POST", "x".repeat(size));
  const next = await send(agent, "GET");
  agent.destroy();
  expect(tooLarge.status).toBe(413);
  expect(next).toMatchObject({ status: 200, reusedSocket: true });
});

test("A request that is not HTTP gets an error body and a closed connection", async () => {
  const received = await raw("nonsense\r\n\r\n");
  expect(received).toMatch(/^HTTP\/1\.1 400 /);
  expect(received).toContain('{"errorCode":"INVALID_PARAMETER"');
});

test("A header of 32 KiB gets 431", async () => {
  expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(32_768)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
});

test("An absolute URL as the request target is accepted, as sent by clients that use the mock as a proxy", async () => {
  const lines = [`GET http://other.example${path} HTTP/1.1`, "Host: other.example", "Connection: close"];
  const headers = Object.entries(tokens).map(([name, value]) => `${name}: ${value}`);
  expect(await raw([...lines, ...headers, "", ""].join("\r\n"))).toMatch(/^HTTP\/1\.1 200 /);
});

test("A percent-encoded letter in a literal part of the path matches the letter", async () => {
  expect(
    (await fetch(server.origin + path.replace("callbacks", "call%62acks"), { headers: tokens })).status,
  ).toBe(200);
});

test("An unknown Expect header gets 417 with an error body", async () => {
  expect(await raw("GET / HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nConnection: close\r\n\r\n")).toContain(
    "EXPECTATION_FAILED",
  );
});

test("The mock continues to serve after a client closes the connection during a body", async () => {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nVZ-M2M-Token: a\r\nContent-Length: 99\r\n\r\n{`,
  );
  await new Promise((resolve) => socket.once("connect", resolve));
  await new Promise((resolve) => socket.once("close", resolve).destroy());
  expect((await fetch(server.origin + path, { headers: tokens })).status).toBe(200);
});

function send(agent: Agent, method: string, body?: string) {
  return new Promise<{ status: number | undefined; reusedSocket: boolean }>((resolve, reject) => {
    const sent = request(server.origin + path, { agent, method, headers: tokens }, async (response) => {
      await text(response);
      resolve({ status: response.statusCode, reusedSocket: sent.reusedSocket });
    });
    sent.on("error", reject).end(body);
  });
}

function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  return text(socket);
}
