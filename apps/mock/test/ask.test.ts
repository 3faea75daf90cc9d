import { afterEach, describe, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const other = "0000123456-00001";
const server = useServer({ retryPausesMs: [] });
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});
const register = (url: string, { api = "v1", of = account } = {}) =>
  call(server.origin, "POST", `/api/fota/${api}/callbacks/${of}`, {
    ...(api === "v1" && { name: "Fota" }),
    url,
  });
const send = (type: string, { of = account } = {}) =>
  server.mock.deliverEvent({ api: "v1", account: of, type });
afterEach(() => server.mock.reset());

describe("requests", () => {
  const urls = async (query: string) => {
    const { status, body } = await control("GET", `/requests?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.total).toBe(body.requests.length);
    return body.requests.map(({ method, url }: { method: string; url: string }) => `${method} ${url}`);
  };

  test("Requests are filtered by API, operation, account, direction, status, text and time", async () => {
    const listener = await listen();
    const begin = new Date().toISOString();
    await register(listener.url);
    await register("http://192.0.2.1/", { api: "v2", of: other });
    await send("a");
    await server.mock.idle();
    await listener.close();
    const first = `POST /api/fota/v1/callbacks/${account}`;
    const second = `POST /api/fota/v2/callbacks/${other}`;
    const out = `POST ${listener.url}`;
    expect(await urls("")).toEqual([out, second, first]);
    expect(await urls("api=v1")).toEqual([out, first]);
    expect(await urls("operationId=registerCallback")).toEqual([second, first]);
    expect(await urls(`account=${other}`)).toEqual([second]);
    expect(await urls("direction=out")).toEqual([out]);
    expect(await urls("status=400")).toEqual([second]);
    expect(await urls("status=2xx&direction=in")).toEqual([first]);
    expect(await urls("text=192.0.2.1")).toEqual([second]);
    expect(await urls(`since=${begin}`)).toEqual([out, second, first]);
    expect(await urls(`until=${new Date(Date.parse(begin) - 1_000).toISOString()}`)).toEqual([]);
    expect(await urls(`api=v1&direction=in&account=${other}`)).toEqual([]);
  });

  test("Requests cannot be searched for a secret", async () => {
    await call(server.origin, "POST", `/api/fota/v1/callbacks/${account}`, {
      name: "Fota",
      url: "https://me:opensesame@example.com/",
      username: "u",
      password: "opensesame",
    });
    expect(await urls("text=example.com")).toHaveLength(1);
    expect(await urls("text=opensesame")).toEqual([]);
  });

  test("Requests are paged by a cursor that later requests do not move", async () => {
    const ids = (body: { requests: { id: number }[] }) => body.requests.map(({ id }) => id);
    for (let count = 0; count < 5; count += 1) await register("https://example.com");
    const first = (await control("GET", "/requests?limit=2")).body;
    await register("https://example.com");
    const second = (await control("GET", `/requests?limit=2&cursor=${first.nextCursor}`)).body;
    const third = (await control("GET", `/requests?limit=2&cursor=${second.nextCursor}`)).body;
    const [newest] = ids(first);
    const seen = [first, second, third].flatMap(ids);
    expect(seen).toEqual([0, 1, 2, 3, 4].map((age) => (newest ?? 0) - age));
    expect(third.nextCursor).toBeUndefined();
    expect((await control("GET", `/requests?after=${newest}`)).body.total).toBe(1);
  });

  test("A list of requests waits until one matches", async () => {
    const waiting = control("GET", `/requests?operationId=registerCallback&account=${other}&wait=30s`);
    await register("https://example.com");
    await register("https://example.com", { of: other });
    expect((await waiting).body).toMatchObject({ total: 1, requests: [{ account: other }] });
  });
});

describe("deliveries", () => {
  const types = async (query: string) => {
    const { status, body } = await control("GET", `/deliveries?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.deliveries.map(({ type }: { type: string }) => type);
  };

  test("Deliveries are filtered by generation, account, type, status, text and time, and paged by cursor", async () => {
    const listener = await listen(503);
    await register(listener.url);
    await register(listener.url, { of: other });
    await send("a");
    await server.mock.idle();
    await send("b", { of: other });
    await send("c");
    await server.mock.idle();
    await listener.close();
    const now = new Date().toISOString();
    expect(await types("")).toEqual(["c", "b", "a"]);
    expect(await types("api=v2")).toEqual([]);
    expect(await types(`account=${other}`)).toEqual(["b"]);
    expect(await types("type=c&api=v1")).toEqual(["c"]);
    expect(await types("status=failed")).toEqual(["a"]);
    expect(await types("text=FOTA")).toEqual(["c", "b", "a"]);
    expect(await types("text=nowhere")).toEqual([]);
    expect(await types(`until=${now}`)).toEqual(["c", "b", "a"]);
    expect(await types(`since=${new Date(Date.parse(now) + 60_000).toISOString()}`)).toEqual([]);
    const { nextCursor, total } = (await control("GET", "/deliveries?limit=2")).body;
    expect(total).toBe(3);
    expect(await types(`cursor=${nextCursor}`)).toEqual(["a"]);
  });

  test("A list of deliveries waits until enough of them match", async () => {
    const listener = await listen();
    await register(listener.url);
    const waiting = control("GET", "/deliveries?status=delivered&atLeast=3&wait=30s");
    for (const type of ["a", "b", "c"]) await send(type);
    expect((await waiting).body.total).toBe(3);
    await listener.close();
  });

  test("Deliveries cannot be searched for a secret", async () => {
    const listener = await listen();
    await register(listener.url.replace("//", "//me:opensesame@"));
    await send("a");
    await server.mock.idle();
    await listener.close();
    expect(await types("text=127.0.0.1")).toEqual(["a"]);
    expect(await types("text=opensesame")).toEqual([]);
  });
});

describe("a wait", () => {
  test("A wait ends after its time with what has matched so far", async () => {
    expect(await control("GET", "/deliveries?wait=20ms")).toMatchObject({ status: 200, body: { total: 0 } });
  });

  test.each(["61s", "60001ms", "5", "-1s", "5m", "1e9s", ""])("A wait of %j is refused", async (wait) => {
    for (const list of ["requests", "deliveries"]) {
      const { status, body } = await control("GET", `/${list}?wait=${wait}`);
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { errorMessage: "wait: must be a time such as 5s or 500ms, at most 60s." },
      });
    }
  });

  test("A wait ends when the client disconnects", async () => {
    const gone = new AbortController();
    const polling = fetch(`${server.origin}/mock/requests?wait=60s`, { signal: gone.signal });
    gone.abort();
    await expect(polling).rejects.toThrow();
    // Closing the mock after the tests would last a minute otherwise.
  });
});

test.each([
  {
    list: "requests",
    known: "api, operationId, account, direction, status, text, since, until, after, wait",
  },
  { list: "deliveries", known: "api, account, type, status, text, since, until, after, wait" },
])("An unknown filter of $list is refused by name, with the known ones", async ({ list, known }) => {
  const { status, body } = await control("GET", `/${list}?acount=1`);
  expect(status).toBe(400);
  expect(body.errorMessage).toMatch(/^acount: is not known; known are /);
  expect(body.errorMessage).toContain(known);
});
