import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Asked, account, createService, errorOf } from "./service.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each<[string, Asked]>([
  ["the token request", "requestToken"],
  ["the login", "logIn"],
  ["the call", "call"],
])("An abort during %s rejects at once with the signal's reason", async (_, what) => {
  const service = createService({ [what]: () => new Promise<Response>(() => {}) });
  const controller = new AbortController();
  const thingspace = service.client({ retries: 2 });
  const failed = errorOf(thingspace.v1.listRegisteredCallbacks(account, { signal: controller.signal }));
  await service.whenAsked(what);
  const reason = new Error("changed my mind");
  controller.abort(reason);
  expect(await failed).toBe(reason);
  expect(service.count(what)).toBe(1);
});

test("An abort during the pause ends it, and nothing more is sent", async () => {
  const service = createService({ call: () => new Response("", { status: 503 }) });
  const controller = new AbortController();
  const pausing = Promise.withResolvers<void>();
  const thingspace = service.client({
    retries: 2,
    onRetry: () => pausing.resolve(),
  });
  const failed = errorOf(thingspace.v1.listRegisteredCallbacks(account, { signal: controller.signal }));
  await pausing.promise;
  controller.abort();
  expect(await failed).toMatchObject({ name: "AbortError" });
  await vi.runAllTimersAsync();
  expect(service.count("call")).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("An abort while the body is read rejects with the signal's reason", async () => {
  const service = createService({ call: () => new Response(new ReadableStream()) });
  const controller = new AbortController();
  const failed = errorOf(service.client().v1.listRegisteredCallbacks(account, { signal: controller.signal }));
  await service.whenAsked("call");
  controller.abort("enough");
  expect(await failed).toBe("enough");
});

test("A call with an aborted signal sends nothing", async () => {
  const service = createService();
  const failed = service
    .client()
    .v1.listRegisteredCallbacks(account, { signal: AbortSignal.abort("before") });
  expect(await errorOf(failed)).toBe("before");
  expect(service.asked).toEqual([]);
});

test("An abort of one call does not abort the login that others wait for", async () => {
  const login = Promise.withResolvers<Response>();
  const service = createService({ logIn: () => login.promise, call: () => Response.json([]) });
  const thingspace = service.client();
  const controller = new AbortController();
  const one = errorOf(thingspace.v1.listRegisteredCallbacks(account, { signal: controller.signal }));
  const others = Array.from({ length: 99 }, () => thingspace.v1.listRegisteredCallbacks(account));
  await service.whenAsked("logIn");
  controller.abort("enough");
  expect(await one).toBe("enough");
  login.resolve(Response.json({ sessionToken: "session-9" }));
  expect((await Promise.all(others)).every(({ ok }) => ok)).toBe(true);
  expect([service.count("requestToken"), service.count("logIn")]).toEqual([1, 1]);
});

test("When all calls are aborted, the login still serves the next one", async () => {
  const login = Promise.withResolvers<Response>();
  const service = createService({ logIn: () => login.promise, call: () => Response.json([]) });
  const thingspace = service.client();
  const controller = new AbortController();
  const failed = errorOf(thingspace.v1.listRegisteredCallbacks(account, { signal: controller.signal }));
  await service.whenAsked("logIn");
  controller.abort("enough");
  await failed;
  login.resolve(Response.json({ sessionToken: "session-9" }));
  expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
  expect(service.count("logIn")).toBe(1);
});

test("A signal that outlives its calls is left without listeners", async () => {
  const controller = new AbortController();
  const add = vi.spyOn(controller.signal, "addEventListener");
  const remove = vi.spyOn(controller.signal, "removeEventListener");
  await createService().client().v1.listRegisteredCallbacks(account, { signal: controller.signal });
  expect(add.mock.calls.length).toBeGreaterThan(0);
  expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
    expect.arrayContaining(add.mock.calls.map(([, listener]) => listener)),
  );
});

test("An abort by a hook ends the call before anything is sent", async () => {
  const controller = new AbortController();
  const service = createService();
  const credentials = { accessToken: "given", sessionToken: "given" };
  const thingspace = service.client({ credentials, onRequest: () => controller.abort("by the hook") });
  const { signal } = controller;
  expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account, { signal }))).toBe("by the hook");
  expect(service.asked).toEqual([]);
});
