import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import {
  type ClientOptions,
  createThingSpaceClient,
  isThingSpaceCredentialsError,
  type StoredToken,
} from "@thingspace-callbacks/client";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

// The client against the mock's strict authentication: both sides' idea of the documents.

const config = fileURLToPath(new URL("../../mock/config/mock-config.example.yaml", import.meta.url));
const application = { key: "example-key", secret: "example-secret" };
const user = { username: "zbeeblebrox", password: "IMgr8" };
const account = "0242078689-00001";
const minuteMs = 60_000;

let mock: Mock;
let origin = "";
let log = "";
/** The events of hooks and the errors. */
const seen: unknown[] = [];
/** Tokens that were sent in a test. */
const sent = new Set<string>();

beforeAll(async () => {
  mock = await createMock({ auth: "strict", config, logLevel: "debug" });
  origin = await mock.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => mock.close());
beforeEach(async () => {
  await mock.reset();
  log = "";
  seen.length = 0;
  sent.clear();
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    log += chunk;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});
// After each test: neither the log nor the journal of the mock, no hook and no error shows a secret.
afterEach(async () => {
  const secrets = [application.secret, user.password, ...sent].filter((secret) => secret.length > 3);
  expect(secrets.length).toBeGreaterThan(2);
  const shown = [
    log,
    JSON.stringify(await requests()),
    inspect(seen, { depth: null, showHidden: true }),
  ].join("\n");
  expect(log).toContain('"operation":');
  expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
});

const note = (event: unknown) => seen.push(event);
const clientOf = (options: ClientOptions = {}) =>
  createThingSpaceClient({
    environment: "mock",
    origin,
    credentials: { ...application, ...user },
    retries: 0,
    fetch: (url, init) => {
      const headers = new Headers(init.headers);
      for (const name of ["Authorization", "VZ-M2M-Token"]) {
        const token = headers.get(name)?.split(" ").at(-1);
        if (token) sent.add(token);
      }
      return fetch(url, init);
    },
    onRequest: note,
    onResponse: note,
    onRetry: note,
    ...options,
  });

async function control(path: string, body: object) {
  const { status } = await fetch(`${origin}/mock/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(status).toBe(200);
}
const moveClock = (minutes: number) => control("clock", { advanceMs: minutes * minuteMs });
const list = (client: ReturnType<typeof clientOf>) => client.v1.listRegisteredCallbacks(account);
const requests = async (): Promise<{ url: string; status?: number }[]> =>
  (await (await fetch(`${origin}/mock/requests?limit=1000`)).json()).requests;
const count = async (path: string) => (await requests()).filter(({ url }) => url.endsWith(path)).length;
const tokenRequests = () => count("/oauth2/token");
const logins = () => count("/session/login");

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    note(error);
    return error;
  }
  throw new Error("It was not rejected");
}

describe("tokens", () => {
  test("a hundred calls at once cost one token request and one login", async () => {
    const thingspace = clientOf();
    const results = await Promise.all(Array.from({ length: 100 }, () => list(thingspace)));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect([await tokenRequests(), await logins()]).toEqual([1, 1]);
  });

  test("an access token that has expired is renewed, and a hundred calls renew it once", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    await moveClock(61);
    const results = await Promise.all(Array.from({ length: 100 }, () => list(thingspace)));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect([await tokenRequests(), await logins()]).toEqual([2, 2]);
  });

  test("a session that has expired is renewed although the access token stays the same", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    await moveClock(21);
    expect(await list(thingspace)).toMatchObject({ ok: true, call: { attempts: 2 } });
    expect(await logins()).toBe(2);
  });

  test("an access token that was revoked is renewed", async () => {
    const tokenStore = new Map<string, StoredToken>();
    const thingspace = clientOf({ tokenStore });
    await list(thingspace);
    const [{ token = "" } = {}] = tokenStore.values();
    await thingspace.auth.revokeToken({ grant_type: "client_credentials", token });
    expect(await list(thingspace)).toMatchObject({ ok: true, call: { attempts: 2 } });
  });

  test("a session that was logged out elsewhere is renewed", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    await thingspace.auth.logOut();
    expect(await list(thingspace)).toMatchObject({ ok: true, call: { attempts: 2 } });
  });

  test("clients with one store share a session", async () => {
    const tokenStore = new Map<string, StoredToken>();
    for (let client = 0; client < 3; client++) expect((await list(clientOf({ tokenStore }))).ok).toBe(true);
    expect([await tokenRequests(), await logins()]).toEqual([1, 1]);
  });

  test("close ends the session at the service", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    const session = [...sent].at(-1) ?? "";
    await thingspace.close();
    const result = await clientOf({
      credentials: { ...application, sessionToken: session },
    }).v1.listRegisteredCallbacks(account);
    expect(result.status).toBe(400);
  });

  test("given tokens that the service does not know are a 401, sent once", async () => {
    const thingspace = clientOf({
      credentials: { accessToken: "made-up-access", sessionToken: "made-up-session" },
    });
    expect(await list(thingspace)).toMatchObject({ ok: false, status: 401, call: { attempts: 1 } });
  });
});

describe("sessions that the gateway refuses with 401, instead of the platform with 400,", () => {
  const platform = { mock, origin };
  beforeAll(async () => {
    Object.assign(platform, { mock, origin });
    mock = await createMock({ auth: "strict", config, logLevel: "debug", sessionErrors: "gateway" });
    origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await mock.close();
    ({ mock, origin } = platform);
  });

  test("are renewed when they have expired", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    await moveClock(21);
    expect(await list(thingspace)).toMatchObject({ ok: true, call: { attempts: 2 } });
    expect(await logins()).toBe(2);
  });

  test("are renewed when they were logged out elsewhere", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    await thingspace.auth.logOut();
    expect(await list(thingspace)).toMatchObject({ ok: true, call: { attempts: 2 } });
  });
});

describe("rejected credentials", () => {
  const wrong = { ...application, ...user, password: "wrong-password" };

  test("Rejected credentials cost one failed login however many calls are made, so that the user is not locked", async () => {
    const thingspace = clientOf({ credentials: wrong, retries: 2 });
    for (let round = 0; round < 10; round++) {
      const errors = await Promise.all(Array.from({ length: 10 }, () => errorOf(list(thingspace))));
      expect(errors.every(isThingSpaceCredentialsError)).toBe(true);
    }
    expect(await logins()).toBe(1);
    thingspace.authenticate({ ...application, ...user });
    expect((await list(thingspace)).ok).toBe(true);
  });

  test("The credentials of a locked user cause an error that says so", async () => {
    for (let failures = 0; failures < 5; failures++) await errorOf(list(clientOf({ credentials: wrong })));
    expect(await errorOf(list(clientOf()))).toMatchObject({
      name: "ThingSpaceCredentialsError",
      operation: "auth.logIn",
      status: 400,
      code: "USER_LOCKED",
    });
  });

  test("Rejected credentials of the application cause another error than the user's", async () => {
    const credentials = { ...application, ...user, secret: "wrong-secret" };
    expect(await errorOf(list(clientOf({ credentials })))).toMatchObject({
      operation: "auth.requestToken",
      status: 401,
      code: "invalid_client",
    });
    expect([await tokenRequests(), await logins()]).toEqual([1, 0]);
    // The afterEach needs tokens to search for.
    await list(clientOf());
  });

  test("An account that the user may not access is a result of the call and not rejected credentials", async () => {
    expect(await clientOf().v1.listRegisteredCallbacks("9999999999-00001")).toMatchObject({
      ok: false,
      status: 400,
      error: { errorCode: "INVALID_PARAMETER" },
    });
  });
});

describe("a fault of the service", () => {
  test.each([408, 429, 500, 502, 503, 504])(
    "The client retries two responses of %i and succeeds",
    async (status) => {
      await control("faults", { api: "v1", status, retryAfter: 0, times: 2 });
      expect(await list(clientOf({ retries: 2 }))).toMatchObject({ ok: true, call: { attempts: 3 } });
    },
  );

  test("The client retries a dropped connection and succeeds", async () => {
    await control("faults", { api: "v1", drop: true, times: 1 });
    expect(await list(clientOf({ retries: 1 }))).toMatchObject({ ok: true, call: { attempts: 2 } });
  });

  test("Repeatedly dropped connections cause a ThingSpaceNetworkError", async () => {
    await control("faults", { api: "v1", drop: true });
    expect(await errorOf(list(clientOf({ retries: 1 })))).toMatchObject({
      name: "ThingSpaceNetworkError",
      operation: "v1.listRegisteredCallbacks",
      account,
      attempts: 2,
    });
  });

  test("A response that takes too long causes a ThingSpaceTimeoutError", async () => {
    const thingspace = clientOf();
    await list(thingspace);
    await control("faults", { api: "v1", delayMs: 3_000 });
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account, { timeoutMs: 50 }));
    expect(error).toMatchObject({ name: "ThingSpaceTimeoutError", timeoutMs: 50 });
  });

  test("An incomplete body throws for a success, and is the text of a failure", async () => {
    await control("faults", { api: "v1", malformed: true, times: 1 });
    await control("faults", { api: "v1", malformed: true, status: 500, times: 1 });
    const thingspace = clientOf();
    expect(await errorOf(list(thingspace))).toMatchObject({ name: "ThingSpaceApiError", status: 200 });
    const text = '{"errorCode":"MALFOR';
    expect(await list(thingspace)).toMatchObject({ ok: false, status: 500, error: text, text });
  });

  test("The client retries a failed token request and succeeds", async () => {
    await control("faults", {
      api: "auth",
      operationId: "requestToken",
      status: 503,
      retryAfter: 0,
      times: 1,
    });
    await control("faults", { api: "auth", operationId: "requestToken", drop: true, times: 1 });
    expect((await list(clientOf({ retries: 2 }))).ok).toBe(true);
    expect([await tokenRequests(), await logins()]).toEqual([3, 1]);
  });

  test("The client retries a login after a 503, but after a lost response only with the next call", async () => {
    await control("faults", { api: "auth", operationId: "logIn", status: 503, retryAfter: 0, times: 1 });
    await control("faults", { api: "auth", operationId: "logIn", drop: true, times: 1 });
    const thingspace = clientOf({ retries: 2 });
    await expect(list(thingspace)).rejects.toMatchObject({ name: "ThingSpaceNetworkError", attempts: 2 });
    expect(await logins()).toBe(2);
    expect((await list(thingspace)).ok).toBe(true);
    expect([await tokenRequests(), await logins()]).toEqual([1, 3]);
  });

  test("A registration that is retried after a lost response exists once", async () => {
    await control("faults", { api: "v2", operationId: "registerCallback", drop: true, times: 1 });
    const thingspace = clientOf({ retries: 1 });
    const url = "https://example.com/fota";
    expect(await thingspace.v2.registerCallback(account, { url })).toMatchObject({ ok: true, data: { url } });
    expect(await thingspace.registrations.list(account)).toEqual([
      { api: "v2", account, service: undefined, url },
    ]);
  });
});

describe("registrations", () => {
  const url = "https://example.com/fota";

  test("A registration moves from V1 to V2 and back to legacy", async () => {
    const thingspace = clientOf();
    await thingspace.v1.registerCallback(account, { name: "Fota", url });
    const there = await thingspace.registrations.move({ account, from: "v1", to: "v2" });
    expect(there.steps.every(({ ok }) => ok)).toBe(true);
    expect(await thingspace.registrations.list(account)).toEqual([
      { api: "v2", account, service: undefined, url },
    ]);
    const back = await thingspace.registrations.move({
      account,
      from: "v2",
      to: "legacy",
      username: "listener",
    });
    expect(back.ok).toBe(true);
    expect((await thingspace.registrations.list(account)).map(({ api }) => api)).toEqual(["v1", "legacy"]);
  });

  test("A registration stays where it is when V2 refuses its URL", async () => {
    const thingspace = clientOf();
    await thingspace.v1.registerCallback(account, { name: "Fota", url: "http://example.com/fota" });
    const { ok, steps } = await thingspace.registrations.move({ account, from: "v1", to: "v2" });
    expect(ok).toBe(false);
    expect(steps.at(2)).toMatchObject({ step: "register", ok: false, error: { status: 400 } });
    expect((await thingspace.registrations.list(account)).map(({ api }) => api)).toEqual(["v1", "legacy"]);
  });

  test("A move is undone when the old registration cannot be removed", async () => {
    const thingspace = clientOf();
    await thingspace.v1.registerCallback(account, { name: "Fota", url });
    await control("faults", { api: "v1", operationId: "deregisterCallback", status: 500 });
    const { ok, steps } = await thingspace.registrations.move({ account, from: "v1", to: "v2" });
    expect([ok, steps.map(({ step }) => step).join()]).toEqual([
      false,
      "find,find,register,remove,check,undo",
    ]);
    expect((await thingspace.registrations.list(account)).map(({ api }) => api)).toEqual(["v1", "legacy"]);
  });
});
