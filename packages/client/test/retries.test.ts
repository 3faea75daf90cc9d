import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isThingSpaceNetworkError, isThingSpaceTimeoutError, type RetryEvent } from "../src/index.ts";
import { account, createService, errorOf, refusal } from "./service.ts";

const tokens = { accessToken: "given-access", sessionToken: "given-session" };
const list = () => Response.json([]);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A client whose first calls go wrong, and the pauses it makes. */
function clientWith(wrong: (() => Response | Promise<Response>)[], retries?: number) {
  const service = createService({ call: (_, count) => (wrong[count - 1] ?? list)() });
  const pauses: number[] = [];
  const thingspace = service.client({
    credentials: tokens,
    retries,
    onRetry: ({ delayMs }: RetryEvent) => pauses.push(delayMs),
  });
  return { service, pauses, thingspace };
}

const status =
  (code: number, headers = {}) =>
  () =>
    new Response("", { status: code, headers });
const broken = () => Promise.reject(new TypeError("fetch failed"));
const brokenBody = () =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) }));

describe("what is tried again", () => {
  test.each([408, 429, 500, 502, 503, 504])("status %i, twice unless told otherwise", async (code) => {
    const { service, thingspace } = clientWith([status(code), status(code)], undefined);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    expect(await result).toMatchObject({ ok: true, call: { attempts: 3 } });
    expect(service.count("call")).toBe(3);
  });

  test("a broken connection, and an answer that breaks off", async () => {
    const { service, thingspace } = clientWith([broken, brokenBody]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    expect((await result).ok).toBe(true);
    expect(service.count("call")).toBe(3);
  });

  test("registering, with the same body each time", async () => {
    const { service, thingspace } = clientWith([status(503), broken]);
    const result = thingspace.v1.registerCallback(account, { name: "Fota", url: "https://example.com/fota" });
    await vi.runAllTimersAsync();
    expect((await result).ok).toBe(true);
    const bodies = await Promise.all(service.asked.map(({ request }) => request.text()));
    expect(bodies).toEqual(Array(3).fill('{"name":"Fota","url":"https://example.com/fota"}'));
  });

  test("token requests after a lost answer, and logins that were put off", async () => {
    const service = createService({
      requestToken: (_, count) => (count === 1 ? broken() : undefined),
      logIn: (_, count) => (count === 1 ? refusal(503) : count === 2 ? refusal(400) : undefined),
    });
    const thingspace = service.client({ retries: 5 });
    const error = errorOf(thingspace.v1.listRegisteredCallbacks(account));
    await vi.runAllTimersAsync();
    expect(await error).toMatchObject({ name: "ThingSpaceCredentialsError", attempts: 2 });
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 2]);
  });
});

describe("what is not tried again", () => {
  test.each([301, 400, 403, 404, 409, 501, 505])("status %i", async (code) => {
    const { service, thingspace } = clientWith([status(code)]);
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: false, status: code });
    expect(service.count("call")).toBe(1);
  });

  test("anything, with retries 0", async () => {
    const { service, thingspace } = clientWith([status(503)], 0);
    expect((await thingspace.v1.listRegisteredCallbacks(account)).status).toBe(503);
    expect(service.count("call")).toBe(1);
  });

  test("more often than retries says: then the last answer is the result", async () => {
    const { service, thingspace } = clientWith(Array(9).fill(status(502)), 3);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    expect((await result).status).toBe(502);
    expect(service.count("call")).toBe(4);
  });
});

describe("the pause", () => {
  test("is a random part of a length that doubles, up to 8 seconds", async () => {
    const { pauses, thingspace } = clientWith(Array(7).fill(status(503)), 7);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    await result;
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
  });

  test.each([
    ["seconds", () => "3", 3_000],
    ["zero seconds", () => "0", 0],
    ["a date", () => new Date(Date.now() + 4_000).toUTCString(), 4_000],
    ["an hour, of which a minute is taken", () => "3600", 60_000],
    [
      "a date that has passed, as if it were not there",
      () => new Date(Date.now() - 9_000).toUTCString(),
      250,
    ],
    ["nonsense, as if it were not there", () => "soon", 250],
  ])("is what Retry-After says: %s", async (_, header, expected) => {
    vi.setSystemTime(1_800_000_000_000);
    const { pauses, thingspace } = clientWith([status(429, { "Retry-After": header() })]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    await result;
    expect(pauses).toEqual([expected]);
  });

  test("is really made", async () => {
    const { service, thingspace } = clientWith([status(429, { "Retry-After": "3" })]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(service.count("call")).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await result;
    expect(service.count("call")).toBe(2);
  });
});

describe("an attempt that takes too long", () => {
  const never = () => new Promise<Response>(() => {});
  const neverEnds = () => new Response(new ReadableStream());

  test.each([
    ["without an answer", never],
    ["in the middle of its body", neverEnds],
  ])("%s ends after 10 seconds, and is tried again", async (_, hangs) => {
    const { service, thingspace } = clientWith([hangs]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(service.count("call")).toBe(1);
    await vi.advanceTimersByTimeAsync(1 + 250);
    expect((await result).ok).toBe(true);
  });

  test("at last is a ThingSpaceTimeoutError that says which call", async () => {
    const { thingspace } = clientWith(Array(9).fill(never), 1);
    const failed = errorOf(thingspace.v1.listRegisteredCallbacks(account, { timeoutMs: 200 }));
    await vi.runAllTimersAsync();
    const error = await failed;
    expect(isThingSpaceTimeoutError(error)).toBe(true);
    expect(error).toMatchObject({
      operation: "v1.listRegisteredCallbacks",
      account,
      attempts: 2,
      timeoutMs: 200,
    });
  });

  test("is told to the fetch by its signal", async () => {
    let signal: AbortSignal | undefined;
    const service = createService();
    const thingspace = service.client({
      credentials: tokens,
      timeoutMs: 50,
      fetch: (_url, init) => {
        signal = init.signal;
        return never();
      },
    });
    const failed = errorOf(thingspace.v1.listRegisteredCallbacks(account));
    await vi.runAllTimersAsync();
    await failed;
    expect(signal?.aborted).toBe(true);
  });

  test("leaves no timer behind when it does not", async () => {
    const { thingspace } = clientWith([]);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a call without any answer", () => {
  test("is a ThingSpaceNetworkError with the system's code", async () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    const { thingspace } = clientWith([() => Promise.reject(new TypeError("fetch failed", { cause }))], 0);
    const error = await errorOf(thingspace.v2.listRegisteredCallbacks(account));
    expect(isThingSpaceNetworkError(error)).toBe(true);
    expect(error).toMatchObject({
      operation: "v2.listRegisteredCallbacks",
      account,
      attempts: 1,
      code: "ECONNREFUSED",
    });
    expect((error as Error).message).toContain("connect ECONNREFUSED 127.0.0.1:1");
  });

  test.each([
    ["nothing", undefined],
    ["a string", "broken"],
    ["null", null],
  ])("whose fetch throws %s is one, too", async (_, thrown) => {
    const { thingspace } = clientWith([() => Promise.reject(thrown)], 0);
    expect(isThingSpaceNetworkError(await errorOf(thingspace.v2.listRegisteredCallbacks(account)))).toBe(
      true,
    );
  });
});
