import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { account, call } from "./call.ts";
import { tokens, useServer } from "./server.ts";

const url = "https://example.com/fota";
const v1 = `/api/fota/v1/callbacks/${account}`;
const v2 = "/api/fota/v2/callbacks/a";

describe.each(["stateful", "prism"] as const)("hostile input and the %s engine", (engine) => {
  const server = useServer({ engine });
  const json = { ...tokens, "Content-Type": "application/json" };
  const deep = (open: string, close: string) => open.repeat(10_000) + close.repeat(10_000);

  test.each([
    ["JSON nested 10,000 deep", deep("[", "]"), 400],
    [
      "objects nested 10,000 deep",
      `{"url":"${url}","a":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
      200,
    ],
    ["duplicate keys, of which the last counts", `{"url":"nonsense","url":"${url}"}`, 200],
    ["__proto__", `{"url":"${url}","__proto__":{"polluted":true}}`, 400],
    ["constructor.prototype", `{"url":"${url}","constructor":{"prototype":{"polluted":true}}}`, 400],
    ["NUL in a string", `{"url":"${url}","name":"a\\u0000b"}`, 200],
    ["NUL in the url", `{"url":"${url}\\u0000"}`, 400],
    ["a lone surrogate", `{"url":"${url}","name":"\\ud800"}`, 200],
    ["a byte order mark", `\ufeff{"url":"${url}"}`, 200],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ["a number beyond every range", '{"url":1e999}', 400],
  ])("%s", async (_what, body, status) => {
    const response = await fetch(server.origin + v2, { method: "PUT", headers: json, body });
    const received = await response.json();
    expect(response.status, JSON.stringify(received)).toBe(status);
    expect(JSON.stringify(received)).not.toMatch(/ {4}at |node_modules/);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each<[string, string, number, Record<string, string>?]>([
    ["an encoded slash", "/api/fota/v2/callbacks/a%2Fb", 200],
    ["an encoded slash in V1", "/api/fota/v1/callbacks/a%2Fb", 400],
    ["dot segments", "/api/fota/v2/callbacks/..%2f..%2fx", 200],
    ["an encoded dot", "/api/fota/v2/callbacks/%2e", 200],
    ["NUL", "/api/fota/v2/callbacks/a%00b", 200],
    ["bytes that are not UTF-8", "/api/fota/v2/callbacks/%ff", 400],
    ["a cut escape", "/api/fota/v2/callbacks/a%2", 400],
    ["__proto__", "/api/fota/v2/callbacks/__proto__", 200],
    ["64 characters of four bytes", `/api/fota/v2/callbacks/${"%F0%9F%98%80".repeat(64)}`, 200],
    ["a header of 8 KiB", v1, 200, { "X-Long": "x".repeat(8_192) }],
  ])("%s in the path or header", async (_what, path, status, headers = {}) => {
    const received = await raw(
      server.origin,
      request("GET", path, { ...tokens, ...headers, Connection: "close" }),
    );
    expect(received).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(received).not.toContain("node_modules");
  });

  test("Pipelined requests with garbage behind them end in an error and a closed connection", async () => {
    const good = request("GET", v1, tokens);
    expect(await raw(server.origin, `${good}${good}\u0000garbage\r\n\r\n`)).toContain("HTTP/1.1 400 ");
  });

  test("Pipelined requests get their responses in order", async () => {
    const requests = [v1, "/nothing", v1].map((path) => request("GET", path, tokens)).join("");
    const received = await raw(
      server.origin,
      requests + request("GET", v1, { ...tokens, Connection: "close" }),
    );
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(
      [200, 404, 200, 200].map((status) => `HTTP/1.1 ${status}`),
    );
  });

  test("A thousand simultaneous connections all get a response", async () => {
    const responses = await Promise.all(
      Array.from({ length: 1_000 }, () =>
        raw(server.origin, request("GET", v1, { ...tokens, Connection: "close" })),
      ),
    );
    expect(responses.filter((response) => response.startsWith("HTTP/1.1 200 "))).toHaveLength(1_000);
  });
});

describe("the registrations", () => {
  const server = useServer({ requestTimeoutMs: 300 });

  test("An incomplete body changes no registration, and its slow connection is closed", async () => {
    await call(server.origin, "PUT", v2, { url });
    const head = request("PUT", v2, {
      ...tokens,
      "Content-Type": "application/json",
      "Content-Length": "99",
    });
    const { hostname, port } = new URL(server.origin);
    const socket = connect(Number(port), hostname, () => socket.write(`${head}{"url":`));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 |^$/);
    expect((await call(server.origin, "GET", v2)).body).toEqual({ url });
  });

  test("A registration is stored under exactly the account of the path, whatever its characters", async () => {
    for (const odd of ["a/b", "..", "é😀", "a b", "a'--", "__proto__"]) {
      const path = `/api/fota/v2/callbacks/${encodeURIComponent(odd).replace(/^\.\.$/, "%2e%2e")}`;
      const received = await raw(
        server.origin,
        request("PUT", path, {
          ...tokens,
          "Content-Type": "application/json",
          "Content-Length": String(JSON.stringify({ url }).length),
          Connection: "close",
        }) + JSON.stringify({ url }),
      );
      expect(received).toMatch(/^HTTP\/1\.1 200 /);
    }
    const { registrations } = (await call(server.origin, "GET", "/mock/state")).body;
    const accounts = registrations.map(({ account }: { account: string }) => account);
    expect(accounts.sort()).toEqual(["a", "a/b", "..", "é😀", "a b", "a'--", "__proto__"].sort());
  });
});

function request(method: string, path: string, headers: Record<string, string>): string {
  const lines = Object.entries({ Host: "x", ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

/** Sends bytes as they are and reads until the server closes the connection. */
async function raw(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  for (;;) {
    try {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      return await text(socket);
    } catch (error) {
      // Under a thousand at once the system may refuse one before the server has seen it.
      if ((error as NodeJS.ErrnoException).code !== "ECONNREFUSED") throw error;
      await wait(10);
    }
  }
}
