import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { account, createService, errorOf, fault, refusal, secrets } from "./service.ts";

const lost = () => Promise.reject(new TypeError("fetch failed"));
const never = () => new Promise<Response>(() => {});

test.each([
  ["a lost response", lost],
  ["a timeout", never],
  ["408", () => refusal(408)],
  ["500", () => refusal(500)],
  ["502", () => refusal(502)],
  ["504", () => refusal(504)],
])("A login with %s is not retried, and is sent three times at most", async (_, responder) => {
  const service = createService({ logIn: responder });
  const thingspace = service.client({ retries: 2, timeoutMs: 20 });
  for (let login = 1; login <= 3; login++) {
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).not.toMatchObject({ name: "ThingSpaceCredentialsError" });
    expect(service.count("logIn")).toBe(login);
  }
  for (let more = 0; more < 2; more++) {
    expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
      name: "ThingSpaceCredentialsError",
      operation: "auth.logIn",
      reason: "unknown",
    });
  }
  expect(service.count("logIn")).toBe(3);
  thingspace.authenticate(secrets);
  await errorOf(thingspace.v1.listRegisteredCallbacks(account));
  expect(service.count("logIn")).toBe(4);
});

test("A successful login ends the row of logins that may have failed", async () => {
  const service = createService({ logIn: (_, count) => (count % 3 ? lost() : undefined) });
  const thingspace = service.client();
  for (let round = 1; round <= 2; round++) {
    await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
    service.forgetTokens();
  }
  expect(service.count("logIn")).toBe(6);
});

/** Errors that runtimes throw for a request without a response; from Node.js unless a comment says otherwise. */
const failures: { name: string; error: unknown; isUnsent: boolean }[] = [
  ...[
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ENETDOWN",
    "UND_ERR_CONNECT_TIMEOUT",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_INVALID_URL",
    // Bun's.
    "ConnectionRefused",
  ].map((code) => ({ name: code, error: failedWith({ code }), isUnsent: true })),
  {
    name: "ETIMEDOUT of connect",
    error: failedWith({ code: "ETIMEDOUT", syscall: "connect" }),
    isUnsent: true,
  },
  {
    name: "a code three causes deep",
    error: new Error("a", { cause: new Error("b", { cause: failedWith({ code: "ENETUNREACH" }) }) }),
    isUnsent: true,
  },
  {
    name: "an error per address",
    error: new TypeError("fetch failed", {
      cause: new AggregateError([failedWith({ code: "EHOSTUNREACH", syscall: "connect" })]),
    }),
    isUnsent: true,
  },
  { name: "ECONNRESET", error: failedWith({ code: "ECONNRESET" }), isUnsent: false },
  { name: "UND_ERR_SOCKET", error: failedWith({ code: "UND_ERR_SOCKET" }), isUnsent: false },
  {
    name: "EHOSTUNREACH of read",
    error: failedWith({ code: "EHOSTUNREACH", syscall: "read" }),
    isUnsent: false,
  },
  { name: "no code, as in browsers and Deno", error: new TypeError("Failed to fetch"), isUnsent: false },
];

function failedWith(cause: { code: string; syscall?: string }) {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("no"), cause) });
}

describe("a failed login", () => {
  test.each(failures)(
    "A login that fails with $name counts if it may have reached the service",
    async ({ error, isUnsent }) => {
      let isDown = true;
      const service = createService({ logIn: () => (isDown ? Promise.reject(error) : undefined) });
      const thingspace = service.client();
      for (let call = 0; call < 3; call++) {
        expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
          name: "ThingSpaceNetworkError",
          isUnsent,
        });
      }
      isDown = false;
      const call = thingspace.v1.listRegisteredCallbacks(account);
      if (isUnsent) expect(await call).toMatchObject({ ok: true });
      else expect(await errorOf(call)).toMatchObject({ name: "ThingSpaceCredentialsError" });
    },
  );
});

test("A login that was not sent because there was no access token does not count", async () => {
  const thingspace = createService({ requestToken: lost }).client();
  for (let call = 0; call < 5; call++) {
    expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({
      name: "ThingSpaceNetworkError",
      operation: "auth.requestToken",
    });
  }
});

test("A login for which no connection could be made is retried like any call", async () => {
  const service = createService({
    logIn: (_, count) => (count === 1 ? Promise.reject(failedWith({ code: "ECONNREFUSED" })) : undefined),
  });
  expect((await service.client({ retries: 1 }).v1.listRegisteredCallbacks(account)).ok).toBe(true);
});

describe("after three logins that may have failed", () => {
  const hourMs = 60 * 60_000;
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("After three logins that may have failed, one more is sent after three hours, and a success ends the row", async () => {
    let isDown = true;
    const service = createService({ logIn: () => (isDown ? lost() : undefined) });
    const thingspace = service.client();
    const list = () => thingspace.v1.listRegisteredCallbacks(account);
    for (let call = 0; call < 4; call++) await errorOf(list());
    isDown = false;
    vi.advanceTimersByTime(3 * hourMs - 1);
    expect(await errorOf(list())).toMatchObject({ name: "ThingSpaceCredentialsError" });
    vi.advanceTimersByTime(1);
    expect((await list()).ok).toBe(true);
    expect(service.count("logIn")).toBe(4);
  });

  test("After three logins that may have failed, there is at most one in three hours, and the fifth comes six hours after the third", async () => {
    const service = createService({ logIn: lost });
    const thingspace = service.client();
    const sentAt: number[] = [];
    const begin = Date.now();
    for (let minute = 0; minute < 7 * 60; minute += 10) {
      const before = service.count("logIn");
      await errorOf(thingspace.v1.listRegisteredCallbacks(account));
      if (service.count("logIn") > before) sentAt.push(Date.now() - begin);
      vi.advanceTimersByTime(10 * 60_000);
    }
    const [, , third = 0, fourth = 0, fifth = 0] = sentAt;
    expect([fourth - third, fifth - third]).toEqual([3 * hourMs, 6 * hourMs]);
    expect(sentAt).toHaveLength(5);
  });

  test("After three logins that may have failed, a rejection of the next one stops the client for good", async () => {
    const service = createService({ logIn: (_, count) => (count <= 3 ? lost() : refusal(400)) });
    const thingspace = service.client();
    for (let call = 0; call < 4; call++) {
      await errorOf(thingspace.v1.listRegisteredCallbacks(account));
      vi.advanceTimersByTime(3 * hourMs);
    }
    vi.advanceTimersByTime(24 * hourMs);
    expect(await errorOf(thingspace.v1.listRegisteredCallbacks(account))).toMatchObject({ status: 400 });
    expect(service.count("logIn")).toBe(4);
  });
});

test("A login whose response has no token counts as one that may have failed", async () => {
  const service = createService({ logIn: () => Response.json({ errorCode: "USER_LOCKED" }) });
  const thingspace = service.client();
  for (let call = 0; call < 5; call++) await errorOf(thingspace.v1.listRegisteredCallbacks(account));
  expect(service.count("logIn")).toBe(3);
});

test.each([429, 503])("A login that gets a %i is retried", async (status) => {
  const service = createService({
    logIn: (_, count) =>
      count === 1 ? new Response("", { status, headers: { "Retry-After": "0" } }) : undefined,
  });
  const thingspace = service.client({ retries: 1 });
  expect((await thingspace.v1.listRegisteredCallbacks(account)).ok).toBe(true);
});

test("A login that is sent again after a 401 counts twice", async () => {
  const service = createService({ logIn: (_, count) => (count % 2 ? fault(401) : lost()) });
  const thingspace = service.client();
  for (let call = 0; call < 4; call++) await errorOf(thingspace.v1.listRegisteredCallbacks(account));
  expect(service.count("logIn")).toBe(4);
});
