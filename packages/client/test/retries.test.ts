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

/** Creates a client whose first calls fail, and records its pauses. */
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

describe("retried calls", () => {
  test.each([408, 429, 500, 502, 503, 504])(
    "A call with status %i is retried twice by default",
    async (code) => {
      const { service, thingspace } = clientWith([status(code), status(code)], undefined);
      const result = thingspace.v1.listRegisteredCallbacks(account);
      await vi.runAllTimersAsync();
      expect(await result).toMatchObject({ ok: true, call: { attempts: 3 } });
      expect(service.count("call")).toBe(3);
    },
  );

  test("A call with a broken connection or an incomplete response is retried", async () => {
    const { service, thingspace } = clientWith([broken, brokenBody]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    expect((await result).ok).toBe(true);
    expect(service.count("call")).toBe(3);
  });

  test("Registering is retried with the same body", async () => {
    const { service, thingspace } = clientWith([status(503), broken]);
    const result = thingspace.v1.registerCallback(account, { name: "Fota", url: "https://example.com/fota" });
    await vi.runAllTimersAsync();
    expect((await result).ok).toBe(true);
    const bodies = await Promise.all(service.asked.map(({ request }) => request.text()));
    expect(bodies).toEqual(Array(3).fill('{"name":"Fota","url":"https://example.com/fota"}'));
  });

  test("Token requests are retried after a network error, and logins after a 503", async () => {
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

describe("calls that are not retried", () => {
  test.each([301, 400, 403, 404, 409, 501, 505])("A call with status %i is not retried", async (code) => {
    const { service, thingspace } = clientWith([status(code)]);
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: false, status: code });
    expect(service.count("call")).toBe(1);
  });

  test("No call is retried with retries 0", async () => {
    const { service, thingspace } = clientWith([status(503)], 0);
    expect((await thingspace.v1.listRegisteredCallbacks(account)).status).toBe(503);
    expect(service.count("call")).toBe(1);
  });

  test("The last response is the result when there are no retries left", async () => {
    const { service, thingspace } = clientWith(Array(9).fill(status(502)), 3);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    expect((await result).status).toBe(502);
    expect(service.count("call")).toBe(4);
  });
});

describe("the pause", () => {
  test("The pause is a random part of a length that doubles, up to 8 seconds", async () => {
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
    ["an hour, cut to a minute", () => "3600", 60_000],
    ["a date in the past, which is ignored", () => new Date(Date.now() - 9_000).toUTCString(), 250],
    ["text, which is ignored", () => "soon", 250],
  ])("The pause is the time of Retry-After: %s", async (_, header, expected) => {
    vi.setSystemTime(1_800_000_000_000);
    const { pauses, thingspace } = clientWith([status(429, { "Retry-After": header() })]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.runAllTimersAsync();
    await result;
    expect(pauses).toEqual([expected]);
  });

  test("The next attempt is made after the pause", async () => {
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
    ["without a response", never],
    ["in the middle of its body", neverEnds],
  ])("An attempt that hangs %s ends after 10 seconds and is retried", async (_, hangs) => {
    const { service, thingspace } = clientWith([hangs]);
    const result = thingspace.v1.listRegisteredCallbacks(account);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(service.count("call")).toBe(1);
    await vi.advanceTimersByTimeAsync(1 + 250);
    expect((await result).ok).toBe(true);
  });

  test("The last attempt that takes too long throws a ThingSpaceTimeoutError with the facts of the call", async () => {
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

  test("A timeout aborts the signal of fetch", async () => {
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

  test("An attempt in time leaves no timer behind", async () => {
    const { thingspace } = clientWith([]);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a call without a response", () => {
  test("A call without a response throws a ThingSpaceNetworkError with the system's code", async () => {
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
  ])("A call whose fetch throws %s throws a ThingSpaceNetworkError, too", async (_, thrown) => {
    const { thingspace } = clientWith([() => Promise.reject(thrown)], 0);
    expect(isThingSpaceNetworkError(await errorOf(thingspace.v2.listRegisteredCallbacks(account)))).toBe(
      true,
    );
  });
});
