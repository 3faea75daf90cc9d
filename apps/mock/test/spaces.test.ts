import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call, listen } from "./call.ts";
import { tokens, useServer } from "./server.ts";

const other = "0000123456-00001";
const path = `/api/fota/v1/callbacks/${account}`;
const server = useServer({ retryPausesMs: [] });
const callIn = (space: string | undefined, method: string, url: string, body?: unknown) =>
  call(server.origin, method, url, body, {
    ...tokens,
    ...(space !== undefined && { "X-Mock-Space": space }),
  });
const register = (space: string | undefined, url: string) =>
  callIn(space, "POST", path, { name: "Fota", url });
const list = async (space: string | undefined) =>
  (await callIn(space, "GET", path)).body.map(({ url }: { url: string }) => url);

describe("A space that X-Mock-Space names", () => {
  test("has registrations, faults, a journal, a clock and a reset of its own", async () => {
    await register("a", "https://example.com/a");
    await register("b", "https://example.com/b");
    expect([await list("a"), await list("b"), await list(undefined)]).toEqual([
      ["https://example.com/a"],
      ["https://example.com/b"],
      [],
    ]);
    await callIn("a", "POST", "/mock/faults", { status: 503 });
    expect((await callIn("a", "GET", path)).status).toBe(503);
    expect((await callIn("b", "GET", path)).status).toBe(200);
    await callIn("a", "POST", "/mock/clock", { advanceMs: 3_600_000 });
    expect((await callIn("b", "GET", "/mock/clock")).body.aheadMs).toBe(0);
    const { requests } = (await callIn("b", "GET", "/mock/requests?text=example.com")).body;
    expect(requests).toMatchObject([{ body: expect.stringContaining("example.com/b") }]);
    await callIn("a", "DELETE", "/mock/state");
    expect([await list("a"), await list("b")]).toEqual([[], ["https://example.com/b"]]);
  });

  test("has deliveries and events of its own", async () => {
    const listener = await listen();
    await register("c", listener.url);
    const gone = new AbortController();
    const stream = await fetch(`${server.origin}/mock/stream`, {
      headers: { "X-Mock-Space": "d" },
      signal: gone.signal,
    });
    await callIn("c", "POST", "/mock/events", { api: "v1", account, type: "t" });
    await callIn("c", "GET", "/mock/deliveries?status=delivered&wait=10s");
    await register("d", "https://example.com/d");
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("\nevent: request")) text += (await reader?.read())?.value;
    expect(text).toContain("example.com/d");
    expect(text).not.toContain("event: attempt");
    gone.abort();
    await listener.close();
    expect(listener.messages).toHaveLength(1);
    expect((await callIn(undefined, "GET", "/mock/deliveries")).body.total).toBe(0);
  });

  test("is listed, and can be deleted", async () => {
    await register("e", "https://example.com");
    const { spaces } = (await callIn(undefined, "GET", "/mock/spaces")).body;
    expect(spaces[0]).toMatchObject({ name: "default", registrations: 0, pendingDeliveries: 0 });
    expect(spaces).toContainEqual({
      name: "e",
      usedAt: expect.any(String),
      registrations: 1,
      pendingDeliveries: 0,
    });
    expect((await callIn(undefined, "DELETE", "/mock/spaces/e")).status).toBe(200);
    expect(await list("e")).toEqual([]);
  });

  test.each(["", "-a", "a b", "a.b", "ä", "x".repeat(64), "../x"])("is refused if it is %j", async (name) => {
    for (const url of [path, "/mock/state"]) {
      const answer = await server.mock.fetch(`http://localhost${url}`, {
        headers: { ...tokens, "X-Mock-Space": encodeURI(name) },
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        errorMessage: expect.stringMatching(/^X-Mock-Space: must be 1 to 63 letters, digits,/),
      });
    }
  });
});

test.each([
  { name: "default", message: /^name: must not be that of the default space/ },
  { name: "unheard-of", message: /^name: there is no space unheard-of\.$/ },
])("The space $name cannot be deleted", async ({ name, message }) => {
  expect(await callIn(undefined, "DELETE", `/mock/spaces/${name}`)).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
});

test("There are 200 spaces at most, with the default one", async () => {
  const mock = await createMock();
  const ask = (name: string) =>
    mock.fetch("http://localhost/mock/clock", { headers: { "X-Mock-Space": name } });
  for (let count = 1; count < 200; count += 1) expect((await ask(`s${count}`)).status).toBe(200);
  expect((await ask("one-too-many")).status).toBe(400);
  await mock.fetch("http://localhost/mock/spaces/s7", { method: "DELETE" });
  expect((await ask("another")).status).toBe(200);
  await mock.close();
});

describe("Without the header,", () => {
  const folder = mkdtempSync(join(tmpdir(), "mock-spaces-"));
  const config = join(folder, "config.yaml");
  writeFileSync(
    config,
    `spaces:\n  - { name: team-a, keys: [key-a] }\n  - { name: team-b, accountPrefixes: ["0000"] }\n`,
  );
  const configured = useServer({ config });
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = (space: string, url: string) =>
    call(configured.origin, "GET", url, undefined, { ...tokens, "X-Mock-Space": space });

  test("the key of an application chooses the space, and the token that it gets does so too", async () => {
    const response = await fetch(`${configured.origin}/api/ts/v1/oauth2/token`, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa("key-a:secret")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const headers = { Authorization: `Bearer ${token}`, "VZ-M2M-Token": "any" };
    await call(configured.origin, "POST", path, { name: "Fota", url: "https://example.com/a" }, headers);
    expect((await at("team-a", path)).body).toMatchObject([{ url: "https://example.com/a" }]);
    expect((await at("default", path)).body).toEqual([]);
  });

  test("the beginning of an account chooses the space", async () => {
    const url = `/api/fota/v2/callbacks/${other}`;
    await call(configured.origin, "POST", url, { url: "https://example.com/b" });
    expect((await at("default", url)).body).toEqual({});
    expect((await at("team-b", url)).body).toMatchObject({ url: "https://example.com/b" });
  });

  test("any other token is about the default space", async () => {
    const headers = { Authorization: "Bearer nobody.any", "VZ-M2M-Token": "any" };
    expect((await call(configured.origin, "GET", path, undefined, headers)).status).toBe(200);
    expect((await at("default", "/mock/requests?account=0242078689-00001")).body.total).toBeGreaterThan(0);
  });
});

describe("A request that is not authorized", () => {
  const headers = { "X-Mock-Space": "uninvited" };
  const listSpaces = async (origin: string, more = {}) =>
    (await call(origin, "GET", "/mock/spaces", undefined, more)).body.spaces.map(
      ({ name }: { name: string }) => name,
    );

  test("creates no space without the control token", async () => {
    const mock = await createMock({ controlToken: "secret" });
    const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
    for (const token of [{}, { "Mock-Control-Token": "wrong" }]) {
      expect((await call(origin, "GET", "/mock/state", undefined, { ...headers, ...token })).status).toBe(
        401,
      );
    }
    expect(await listSpaces(origin, { "Mock-Control-Token": "secret" })).toEqual(["default"]);
    await mock.close();
  });

  test("creates no space without both tokens of the service", async () => {
    const refused = await call(server.origin, "GET", path, undefined, headers);
    expect(refused.status).toBe(401);
    expect(await listSpaces(server.origin)).not.toContain("uninvited");
  });
});
