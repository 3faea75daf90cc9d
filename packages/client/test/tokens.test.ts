import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isThingSpaceApiError, isThingSpaceCredentialsError, type StoredToken } from "../src/index.ts";
import { account, createService, errorOf, fault, refusal, secrets } from "./service.ts";

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const times = (amount: number, call: () => Promise<{ status: number }>) =>
  Promise.all(Array.from({ length: amount }, call));

describe("the first calls", () => {
  test("A hundred first calls at once make one token request and one login", async () => {
    const service = createService();
    const thingspace = service.client();
    const results = await times(100, () => thingspace.v2.listRegisteredCallbacks(account));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect([service.count("requestToken"), service.count("logIn"), service.count("call")]).toEqual([
      1, 1, 100,
    ]);
  });

  test("The token request has key and secret in Basic form, and the login has the bearer token and the user", async () => {
    const service = createService();
    await service.client().v1.listRegisteredCallbacks(account);
    const [token, login, call] = service.asked.map(({ request }) => request);
    expect(token?.url).toBe("https://thingspace.verizon.com/api/ts/v1/oauth2/token");
    expect(token?.headers.get("Authorization")).toBe(`Basic ${btoa(`${secrets.key}:${secrets.secret}`)}`);
    expect(token?.headers.get("Content-Type")).toBe("application/x-www-form-urlencoded");
    expect(await token?.text()).toBe("grant_type=client_credentials");
    expect(login?.headers.get("Authorization")).toBe("Bearer access-1");
    expect(await login?.json()).toEqual({ username: secrets.username, password: secrets.password });
    expect(call?.headers.get("Authorization")).toBe("Bearer access-1");
    expect(call?.headers.get("VZ-M2M-Token")).toBe("session-1");
  });

  test("Key and secret beyond ASCII are sent as UTF-8", async () => {
    const service = createService();
    await service
      .client({ credentials: { ...secrets, secret: "größe" } })
      .v1.listRegisteredCallbacks(account);
    const [, encoded = ""] = service.asked[0]?.request.headers.get("Authorization")?.split(" ") ?? [];
    expect(Buffer.from(encoded, "base64").toString()).toBe(`${secrets.key}:größe`);
  });

  test("A failed token request is not remembered", async () => {
    const service = createService({
      requestToken: (_, count) => (count === 1 ? new Response("", { status: 503 }) : undefined),
    });
    const thingspace = service.client();
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({ name: "ThingSpaceApiError", operation: "auth.requestToken", status: 503 });
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: true });
  });

  test("A login whose response has no token fails, and does not count as a rejection", async () => {
    const service = createService({ logIn: (_, count) => (count === 1 ? Response.json({}) : undefined) });
    const thingspace = service.client();
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(isThingSpaceApiError(error)).toBe(true);
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: true });
  });
});

describe("an access token", () => {
  test("An access token is used until a minute before its end", async () => {
    const service = createService();
    const thingspace = service.client();
    const callEvery10Minutes = async (minutes: number) => {
      for (let passed = 0; passed < minutes; passed += 10) {
        await thingspace.v1.listRegisteredCallbacks(account);
        vi.advanceTimersByTime(10 * minuteMs);
      }
    };
    await callEvery10Minutes(50);
    vi.advanceTimersByTime(9 * minuteMs - 1);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(service.count("requestToken")).toBe(1);
    vi.advanceTimersByTime(1);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 1]);
  });

  test("An access token with less than two minutes left is used for half of them", async () => {
    const service = createService({
      requestToken: () => Response.json({ access_token: "access-0", token_type: "Bearer", expires_in: 40 }),
      logIn: () => Response.json({ sessionToken: "session-0" }),
    });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    vi.advanceTimersByTime(19_999);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(service.count("requestToken")).toBe(1);
    vi.advanceTimersByTime(1);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(service.count("requestToken")).toBe(2);
  });

  test("An access token without expires_in has the documented lifetime", async () => {
    const service = createService({
      requestToken: () => Response.json({ access_token: "access-0", token_type: "Bearer" }),
      logIn: () => Response.json({ sessionToken: "session-0" }),
    });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    vi.advanceTimersByTime(59 * minuteMs - 1);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(service.count("requestToken")).toBe(1);
    vi.advanceTimersByTime(1);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(service.count("requestToken")).toBe(2);
  });
});

describe("the lifetime of an access token", () => {
  const list = (thingspace: ReturnType<ReturnType<typeof createService>["client"]>) =>
    thingspace.v1.listRegisteredCallbacks(account);

  test.each([
    { expiresIn: "3600", minutes: 59 },
    { expiresIn: "1800", minutes: 29 },
    { expiresIn: 1800, minutes: 29 },
    { expiresIn: null, minutes: 59 },
    { expiresIn: "soon", minutes: 59 },
    { expiresIn: "", minutes: 59 },
    { expiresIn: true, minutes: 59 },
    { expiresIn: -1, minutes: 59 },
    { expiresIn: {}, minutes: 59 },
  ])(
    "An access token with expires_in $expiresIn is used for $minutes minutes",
    async ({ expiresIn, minutes }) => {
      const service = createService({
        requestToken: () => Response.json({ access_token: "access-0", expires_in: expiresIn }),
        logIn: () => Response.json({ sessionToken: "session-0" }),
      });
      const thingspace = service.client();
      expect((await list(thingspace)).ok).toBe(true);
      vi.advanceTimersByTime(minutes * minuteMs - 1);
      await list(thingspace);
      expect(service.count("requestToken")).toBe(1);
      vi.advanceTimersByTime(1);
      await list(thingspace);
      expect(service.count("requestToken")).toBe(2);
    },
  );
});

describe("a call that waits for the token request of another", () => {
  test("A call waits timeoutMs for the token request of another call, then makes its own", async () => {
    const service = createService({
      requestToken: (_, count) =>
        count === 1 ? new Response("", { status: 503, headers: { "Retry-After": "60" } }) : undefined,
    });
    const thingspace = service.client({ retries: 1, timeoutMs: 10_000 });
    const first = thingspace.v1.listRegisteredCallbacks(account);
    await service.whenAsked("requestToken");
    const second = thingspace.v2.listRegisteredCallbacks(account);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(service.count("requestToken")).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await second).ok).toBe(true);
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await first).ok).toBe(true);
  });
});

describe("a 400 that names the session token", () => {
  const sessionRefusal = (code: string) => refusal(400, `UnifiedWebService.${code}`, "No such session.");

  test.each([
    "REQUEST_FAILED.SessionToken.Expired",
    "INPUT_INVALID.SessionToken.Invalid",
    "REQUEST_FAILED.SessionToken.Format",
  ])("A 400 with the code %s renews the session only, and the call is sent once more", async (code) => {
    const service = createService({ call: (_, count) => (count === 2 ? sessionRefusal(code) : undefined) });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({
      ok: true,
      call: { attempts: 2 },
    });
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([1, 2]);
  });

  test("A 400 about the session to a hundred calls renews the session once", async () => {
    const service = createService({
      call: ({ headers }) =>
        headers.get("VZ-M2M-Token") === "session-1"
          ? sessionRefusal("REQUEST_FAILED.SessionToken.Expired")
          : undefined,
    });
    const thingspace = service.client();
    const results = await times(100, () => thingspace.v1.listRegisteredCallbacks(account));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([1, 2]);
  });

  test("A 400 about the session that comes again is the result", async () => {
    const service = createService({ call: () => sessionRefusal("REQUEST_FAILED.SessionToken.Expired") });
    const result = await service.client().v1.listRegisteredCallbacks(account);
    expect(result).toMatchObject({
      status: 400,
      code: "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired",
    });
    expect([service.count("call"), service.count("logIn")]).toEqual([2, 2]);
  });

  test.each([
    { what: "another code", respond: () => refusal(400, "INVALID_PARAMETER", "x.SessionToken.Expired") },
    { what: "another status", respond: () => refusal(403, "a.SessionToken.Expired") },
    { what: "text", respond: () => new Response("a.SessionToken.Expired", { status: 400 }) },
  ])("A 400 with the words SessionToken in $what does not renew the session", async ({ respond }) => {
    const service = createService({ call: respond });
    await service.client().v1.listRegisteredCallbacks(account);
    expect([service.count("call"), service.count("logIn")]).toEqual([1, 1]);
  });

  test("A 400 about the session asks the function that gives session tokens for another", async () => {
    let asked = 0;
    const service = createService({
      call: ({ headers }) =>
        headers.get("VZ-M2M-Token") === "mine-2"
          ? Response.json([])
          : sessionRefusal("a.SessionToken.Expired"),
    });
    const credentials = { accessToken: "given", sessionToken: () => `mine-${++asked}` };
    expect((await service.client({ credentials }).v1.listRegisteredCallbacks(account)).ok).toBe(true);
  });
});

describe("a session token", () => {
  test("A session is renewed after 20 minutes without a call, and only then", async () => {
    const service = createService();
    const thingspace = service.client();
    for (let call = 0; call < 3; call++) {
      await thingspace.v1.listRegisteredCallbacks(account);
      vi.advanceTimersByTime(20 * minuteMs - 1);
    }
    expect(service.count("logIn")).toBe(1);
    await thingspace.v1.listRegisteredCallbacks(account);
    vi.advanceTimersByTime(20 * minuteMs);
    await thingspace.v1.listRegisteredCallbacks(account);
    expect(service.count("logIn")).toBe(2);
  });
});

describe("a 401", () => {
  test("A 401 to a hundred calls renews the tokens once, and every call is sent once more", async () => {
    const service = createService();
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    service.forgetTokens();
    const results = await times(100, () => thingspace.v1.listRegisteredCallbacks(account));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect([service.count("requestToken"), service.count("logIn"), service.count("call")]).toEqual([
      2, 2, 201,
    ]);
  });

  test("A late 401 to an old token uses the new token", async () => {
    const late = Promise.withResolvers<Response>();
    const service = createService({ call: (_, count) => (count === 2 ? late.promise : undefined) });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    service.forgetTokens();
    const slow = thingspace.v1.listRegisteredCallbacks(account);
    await thingspace.v1.listRegisteredCallbacks(account);
    late.resolve(fault(401));
    expect(await slow).toMatchObject({ status: 200, call: { attempts: 2 } });
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 2]);
  });

  test("A 401 renews the session although the service issues the same access token again", async () => {
    const service = createService({
      requestToken: () => Response.json({ access_token: "access-0", token_type: "Bearer" }),
      logIn: (_, count) => Response.json({ sessionToken: `session-${count}` }),
      call: ({ headers }) => (headers.get("VZ-M2M-Token") === "session-1" ? fault(401) : Response.json({})),
    });
    const thingspace = service.client();
    const results = await times(100, () => thingspace.v1.listRegisteredCallbacks(account));
    expect(results.every(({ status }) => status === 200)).toBe(true);
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 2]);
  });

  test("A 401 to a call with the caller's own tokens renews nothing", async () => {
    const service = createService();
    const headers = { Authorization: "Bearer mine", "VZ-M2M-Token": "mine" };
    const result = await service.client().v1.listRegisteredCallbacks(account, { headers });
    expect(result.status).toBe(401);
    expect(service.asked.map(({ what }) => what)).toEqual(["call"]);
  });

  test("A 401 to the login renews the access token, which the call then uses", async () => {
    const unknown = ({ headers }: Request) =>
      headers.get("Authorization") === "Bearer access-1" ? fault(401) : undefined;
    const service = createService({ logIn: unknown });
    expect((await service.client().v1.listRegisteredCallbacks(account)).ok).toBe(true);
    expect([service.count("requestToken"), service.count("logIn"), service.count("call")]).toEqual([2, 2, 1]);
  });

  test("A 401 that comes again is the result", async () => {
    const service = createService({ call: () => fault(401) });
    const result = await service.client({ retries: 2 }).v1.listRegisteredCallbacks(account);
    expect(result).toMatchObject({ ok: false, status: 401, error: { fault: { code: "900901" } } });
    expect(service.count("call")).toBe(2);
  });
});

describe("rejected credentials", () => {
  const locked = () => refusal(400, "USER_LOCKED", "The user is locked.");

  test("Rejected credentials are sent once, however many calls need them, then and later", async () => {
    const service = createService({ logIn: locked });
    const thingspace = service.client({ retries: 2 });
    const calls = () =>
      Array.from({ length: 100 }, () => errorOf(thingspace.v1.listRegisteredCallbacks(account)));
    const errors = [...(await Promise.all(calls())), ...(await Promise.all(calls()))];
    vi.advanceTimersByTime(24 * 60 * minuteMs);
    errors.push(await errorOf(thingspace.v2.listRegisteredCallbacks(account)));
    expect(errors.every(isThingSpaceCredentialsError)).toBe(true);
    expect(service.count("logIn")).toBe(1);
    expect(service.count("call")).toBe(0);
  });

  test("Rejected credentials cause an error with the service's code", async () => {
    const error = await errorOf(
      createService({ logIn: locked }).client().v1.listRegisteredCallbacks(account),
    );
    expect(error).toMatchObject({
      name: "ThingSpaceCredentialsError",
      operation: "auth.logIn",
      status: 400,
      code: "USER_LOCKED",
      reason: "rejected",
    });
  });

  test.each([400, 401, 403, 422])("Credentials that get a %i are rejected", async (status) => {
    const service = createService({ logIn: () => refusal(status) });
    const thingspace = service.client();
    await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(isThingSpaceCredentialsError(error)).toBe(true);
    // A 401 may be about the access token: it is renewed, and only a new one is worth another login.
    expect(service.count("logIn")).toBe(status === 401 ? 2 : 1);
  });

  test("Credentials are not sent twice for a 401 when the new access token is the old one", async () => {
    const service = createService({
      requestToken: () => Response.json({ access_token: "access-0", token_type: "Bearer" }),
      logIn: () => fault(401),
    });
    await errorOf(service.client().v1.listRegisteredCallbacks(account));
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 1]);
  });

  test("Rejected credentials of the application are sent once, too", async () => {
    const service = createService({
      requestToken: () => Response.json({ error: "invalid_client" }, { status: 401 }),
    });
    const thingspace = service.client({ retries: 2 });
    const first = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(first).toMatchObject({ operation: "auth.requestToken", status: 401, code: "invalid_client" });
    expect(await errorOf(thingspace.v2.listRegisteredCallbacks(account))).toBe(first);
    expect(service.asked).toHaveLength(1);
  });

  test("Credentials that are rejected during a renewal are not sent again either", async () => {
    const service = createService({ logIn: (_, count) => (count > 1 ? locked() : undefined) });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    service.forgetTokens();
    const errors = await Promise.all(
      Array.from({ length: 10 }, () => errorOf(thingspace.v1.listRegisteredCallbacks(account))),
    );
    expect(errors.every(isThingSpaceCredentialsError)).toBe(true);
    expect(service.count("logIn")).toBe(2);
  });

  test("Rejected credentials can be replaced", async () => {
    const service = createService({
      logIn: async (request) => ((await request.json()).password === "right" ? undefined : locked()),
    });
    const thingspace = service.client();
    await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    thingspace.authenticate({ ...secrets, password: "right" });
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: true });
  });

  test.each([404, 408, 429, 500, 503])("Credentials that get a %i are not rejected", async (status) => {
    const service = createService({ logIn: (_, count) => (count === 1 ? refusal(status) : undefined) });
    const thingspace = service.client();
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({ name: "ThingSpaceApiError", operation: "auth.logIn", status });
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: true });
  });
});

describe("given tokens", () => {
  const tokens = { accessToken: "given-access", sessionToken: "given-session" };

  test("Given tokens are sent as they are, and no token is requested", async () => {
    const service = createService({ call: () => Response.json([]) });
    await service.client({ credentials: tokens }).v1.listRegisteredCallbacks(account);
    expect(service.asked.map(({ what }) => what)).toEqual(["call"]);
    const { headers } = service.asked[0]?.request ?? new Request("http://localhost");
    expect([headers.get("Authorization"), headers.get("VZ-M2M-Token")]).toEqual([
      "Bearer given-access",
      "given-session",
    ]);
  });

  test("Given tokens that are refused are not sent again", async () => {
    const service = createService();
    const result = await service.client({ credentials: tokens }).v1.listRegisteredCallbacks(account);
    expect(result.status).toBe(401);
    expect(service.count("call")).toBe(1);
  });

  test("A function that gives tokens is called again after a 401, and the call is sent once more", async () => {
    let asked = 0;
    const service = createService({
      call: ({ headers }) => (headers.get("VZ-M2M-Token") === "session-2" ? Response.json([]) : fault(401)),
    });
    const credentials = { accessToken: "given-access", sessionToken: async () => `session-${++asked}` };
    const result = await service.client({ credentials }).v1.listRegisteredCallbacks(account);
    expect(result).toMatchObject({ ok: true, call: { attempts: 2 } });
  });

  test("A function that gives tokens and throws fails the call with that error", async () => {
    const broken = new Error("the vault is closed");
    const credentials = { ...tokens, accessToken: () => Promise.reject(broken) };
    expect(await errorOf(createService().client({ credentials }).v1.listRegisteredCallbacks(account))).toBe(
      broken,
    );
  });

  test("A function that gives an empty token fails the call with an OptionError", async () => {
    const credentials = { ...tokens, accessToken: () => "" };
    const error = await errorOf(createService().client({ credentials }).v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({ code: "INVALID_OPTION", option: "credentials.accessToken" });
  });

  test("A given session token can be combined with key and secret", async () => {
    const service = createService({ call: () => Response.json([]) });
    const { key, secret } = secrets;
    await service
      .client({ credentials: { key, secret, sessionToken: "mine" } })
      .v1.listRegisteredCallbacks(account);
    expect(service.asked.map(({ what }) => what)).toEqual(["requestToken", "call"]);
  });

  test("With a given access token, operations that need key and secret throw", async () => {
    const call = createService()
      .client({ credentials: tokens })
      .auth.requestToken({ grant_type: "client_credentials" });
    expect(await errorOf(call)).toMatchObject({
      name: "ThingSpaceCredentialsError",
      reason: "missing",
      operation: "auth.requestToken",
    });
  });
});

describe("without credentials", () => {
  test("Without credentials a call throws and sends nothing, until authenticate sets them", async () => {
    const service = createService();
    const thingspace = service.client({ credentials: undefined });
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({
      name: "ThingSpaceCredentialsError",
      operation: "v1.listRegisteredCallbacks",
      reason: "missing",
    });
    expect(service.asked).toEqual([]);
    thingspace.authenticate(secrets);
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: true });
  });
});

describe("close", () => {
  test("close logs out of the session with its own tokens, and later calls fail", async () => {
    const service = createService();
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    await thingspace.close();
    const { what, request } = service.asked.at(-1) ?? {};
    expect(what).toBe("logOut");
    expect(request?.headers.get("VZ-M2M-Token")).toBe("session-1");
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({ reason: "missing" });
    await thingspace.close();
    expect(service.count("logOut")).toBe(1);
  });

  test("close sends nothing when the client has not started a session", async () => {
    for (const credentials of [secrets, { accessToken: "given", sessionToken: "given" }]) {
      const service = createService({ call: () => Response.json([]) });
      const thingspace = service.client({ credentials });
      if (credentials !== secrets) await thingspace.v1.listRegisteredCallbacks(account);
      await thingspace.close();
      expect(service.count("logOut")).toBe(0);
    }
  });

  test("close waits for a login that is being sent, ends its session and fails the call that needed it", async () => {
    const login = Promise.withResolvers<Response>();
    const service = createService({ logIn: () => login.promise, call: () => Response.json([]) });
    const thingspace = service.client();
    const call = errorOf(thingspace.v1.listRegisteredCallbacks(account));
    await service.whenAsked("logIn");
    const closed = thingspace.close();
    login.resolve(Response.json({ sessionToken: "session-9" }));
    await closed;
    expect(await call).toMatchObject({ reason: "missing" });
    expect(service.asked.find(({ what }) => what === "logOut")?.request.headers.get("VZ-M2M-Token")).toBe(
      "session-9",
    );
  });

  test("close logs out also when the access token has expired, and later calls fail", async () => {
    const service = createService({
      requestToken: (_, count) =>
        Response.json({ access_token: `access-${count}`, token_type: "Bearer", expires_in: 120 }),
      call: () => Response.json([]),
      logOut: () => Response.json({}),
    });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    vi.advanceTimersByTime(2 * minuteMs);
    const closed = thingspace.close();
    const error = await errorOf(thingspace.v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({ reason: "missing" });
    await closed;
    const { what, request } = service.asked.at(-1) ?? {};
    expect(what).toBe("logOut");
    expect(request?.headers.get("Authorization")).toBe("Bearer access-2");
    expect(request?.headers.get("VZ-M2M-Token")).toBe("session-1");
    expect(await errorOf(thingspace.auth.requestToken({ grant_type: "client_credentials" }))).toMatchObject({
      name: "ThingSpaceCredentialsError",
    });
  });

  test("close does not fail when logging out fails", async () => {
    const service = createService({ logOut: () => Promise.reject(new TypeError("fetch failed")) });
    const thingspace = service.client();
    await thingspace.v1.listRegisteredCallbacks(account);
    await expect(thingspace.close()).resolves.toBeUndefined();
  });
});

describe("a token store", () => {
  test("A token store lets several clients share one session; a Map is a store", async () => {
    const service = createService();
    const tokenStore = new Map<string, StoredToken>();
    await service.client({ tokenStore }).v1.listRegisteredCallbacks(account);
    await service.client({ tokenStore }).v1.listRegisteredCallbacks(account);
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([1, 1]);
    expect([...tokenStore.keys()]).toEqual([
      `https://thingspace.verizon.com/api accessToken ${secrets.key}`,
      `https://thingspace.verizon.com/api sessionToken ${secrets.username}`,
    ]);
    expect(tokenStore.get([...tokenStore.keys()][1] ?? "")).toEqual({
      token: "session-1",
      expiresAt: Date.now() + 20 * minuteMs,
    });
  });

  test("A token store is told once a minute that a session is in use", async () => {
    const service = createService();
    const tokenStore = new Map<string, StoredToken>();
    const thingspace = service.client({ tokenStore });
    for (let call = 0; call < 5; call++) {
      await thingspace.v1.listRegisteredCallbacks(account);
      vi.advanceTimersByTime(10 * minuteMs);
    }
    await service.client({ tokenStore }).v1.listRegisteredCallbacks(account);
    expect(service.count("logIn")).toBe(1);
  });

  test("A session from a token store is prolonged by its use", async () => {
    const service = createService();
    const tokenStore = new Map<string, StoredToken>();
    await service.client({ tokenStore }).v1.listRegisteredCallbacks(account);
    vi.advanceTimersByTime(19 * minuteMs);
    const other = service.client({ tokenStore });
    await other.v1.listRegisteredCallbacks(account);
    vi.advanceTimersByTime(19 * minuteMs);
    await other.v1.listRegisteredCallbacks(account);
    await service.client({ tokenStore }).v1.listRegisteredCallbacks(account);
    expect(service.count("logIn")).toBe(1);
  });

  test("A token store with a refused token counts as empty, one with a newer token does not", async () => {
    const service = createService();
    const tokenStore = new Map<string, StoredToken>();
    const [one, two] = [service.client({ tokenStore }), service.client({ tokenStore })];
    await one.v1.listRegisteredCallbacks(account);
    await two.v1.listRegisteredCallbacks(account);
    service.forgetTokens();
    expect((await one.v1.listRegisteredCallbacks(account)).ok).toBe(true);
    expect((await two.v1.listRegisteredCallbacks(account)).ok).toBe(true);
    expect([service.count("requestToken"), service.count("logIn")]).toEqual([2, 2]);
  });

  test("A token store with expired or unusable tokens, or one that fails, counts as empty", async () => {
    const broken = () => Promise.reject(new Error("the store is down"));
    for (const tokenStore of [
      { get: () => ({ token: "old", expiresAt: Date.now() }), set: () => {} },
      { get: () => "nonsense" as unknown as StoredToken, set: () => {} },
      { get: broken, set: broken },
    ]) {
      const service = createService();
      expect((await service.client({ tokenStore }).v1.listRegisteredCallbacks(account)).ok).toBe(true);
      expect(service.count("logIn")).toBe(1);
    }
  });

  test("A token store keeps its session when a client is closed, because others use it", async () => {
    const service = createService();
    const thingspace = service.client({ tokenStore: new Map() });
    await thingspace.v1.listRegisteredCallbacks(account);
    await thingspace.close();
    expect(service.count("logOut")).toBe(0);
  });
});
