import { describe, expect, test } from "vitest";
import { type ClientOptions, createThingSpaceClient } from "../src/index.ts";
import { account, createService, errorOf, secrets } from "./service.ts";

const { key, secret, username, password } = secrets;
const tokens = { accessToken: "given-access", sessionToken: "given-session" };

/** The error of making a client, whatever a program without types gives it. */
const refusalOf = (options: unknown) => {
  try {
    createThingSpaceClient(options as ClientOptions);
  } catch (error) {
    return error;
  }
  throw new Error("It was not refused");
};

test.each([
  { options: { environment: "staging" }, option: "environment" },
  { options: { origin: "localhost" }, option: "origin" },
  { options: { origin: "https://example.com/path" }, option: "origin" },
  { options: { origin: "https://user:pw@example.com" }, option: "origin" },
  { options: { origin: 5 }, option: "origin" },
  { options: { timeoutMs: 0 }, option: "timeoutMs" },
  { options: { timeoutMs: 2 ** 31 }, option: "timeoutMs" },
  { options: { timeoutMs: "5" }, option: "timeoutMs" },
  { options: { retries: -1 }, option: "retries" },
  { options: { retries: 11 }, option: "retries" },
  { options: { retries: Number.NaN }, option: "retries" },
  { options: { fetch: "fetch" }, option: "fetch" },
  { options: { onRequest: {} }, option: "onRequest" },
  { options: { onResponse: null }, option: "onResponse" },
  { options: { onRetry: {} }, option: "onRetry" },
  { options: { allowHttp: "yes" }, option: "allowHttp" },
  { options: { tokenStore: {} }, option: "tokenStore" },
  { options: { tokenStore: null }, option: "tokenStore" },
  { options: { credentials: "secret" }, option: "credentials" },
  { options: { credentials: null }, option: "credentials" },
  { options: null, option: "options" },
])("A client with the wrong $option of $options is not created", ({ options, option }) => {
  expect(refusalOf(options)).toMatchObject({ name: "OptionError", code: "INVALID_OPTION", option });
  expect(refusalOf(options)).toBeInstanceOf(TypeError);
});

test.each(["timeout", "OnRequest", "constructor", "__proto__x"])(
  "A client with the unknown option %s is not created, and the error names the known ones",
  (name) => {
    const error = refusalOf({ [name]: 1 });
    expect(error).toMatchObject({ name: "OptionError", code: "UNKNOWN_OPTION", option: name });
    for (const known of ["credentials", "timeoutMs", "tokenStore"]) {
      expect((error as Error).message).toContain(known);
    }
  },
);

describe("credentials", () => {
  test.each([
    { key, secret, username, password },
    { accessToken: "a", sessionToken: "b" },
    { accessToken: () => "a", sessionToken: async () => "b" },
    { key, secret, sessionToken: "b" },
    { accessToken: "a", username, password },
    { key, secret, accessToken: undefined, sessionToken: "b" },
  ])("Credentials of the form %o are accepted", (credentials) => {
    expect(createThingSpaceClient({ credentials })).toBeDefined();
  });

  test.each([
    { credentials: {}, option: "credentials" },
    { credentials: { key, username, password }, option: "credentials" },
    { credentials: { key, secret, accessToken: "a", sessionToken: "b" }, option: "credentials" },
    { credentials: { key, secret }, option: "credentials" },
    { credentials: { key, secret, username }, option: "credentials" },
    { credentials: { key, secret: "", username, password }, option: "credentials.secret" },
    { credentials: { accessToken: "", sessionToken: "b" }, option: "credentials.accessToken" },
    {
      credentials: { key, secret, user: "u", password },
      option: "credentials.user",
      code: "UNKNOWN_OPTION",
    },
  ])(
    "Credentials of the form $credentials are refused because of $option",
    ({ credentials, option, code }) => {
      const refused = { name: "OptionError", code: code ?? "INVALID_OPTION", option };
      expect(refusalOf({ credentials })).toMatchObject(refused);
      expect(() => createThingSpaceClient().authenticate(credentials as never)).toThrow(
        expect.objectContaining(refused),
      );
    },
  );
});

describe("plain http", () => {
  test.each([
    "http://localhost:5000",
    "http://127.0.0.1",
    "http://127.0.0.2:5000",
    "http://[::1]:5000/",
    "HTTP://LOCALHOST",
  ])("Plain http to %s is accepted", (origin) => {
    expect(createThingSpaceClient({ origin })).toBeDefined();
  });

  test.each([
    "http://example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1:80",
  ])("Plain http to %s is refused unless it is allowed", (origin) => {
    expect(refusalOf({ origin })).toMatchObject({ code: "INVALID_OPTION", option: "origin" });
    expect(createThingSpaceClient({ origin, allowHttp: true })).toBeDefined();
  });
});

describe("where requests go", () => {
  const urlsOf = async (options: ClientOptions) => {
    const service = createService({ call: () => Response.json({}) });
    const thingspace = service.client({ credentials: tokens, ...options });
    await thingspace.v1.listRegisteredCallbacks(account);
    await thingspace.legacy.getCallbacksUsingGet(account);
    return service.asked.map(({ request }) => request.url);
  };

  test("Requests go to production by default", async () => {
    expect(await urlsOf({})).toEqual(
      Array(2).fill(`https://thingspace.verizon.com/api/fota/v1/callbacks/${account}`),
    );
  });

  test("Requests go to the mock in the environment mock", async () => {
    expect(await urlsOf({ environment: "mock" })).toEqual([
      `http://127.0.0.1:4010/api/fota/v1/callbacks/${account}`,
      `http://127.0.0.1:4010/legacy/api/fota/v1/callbacks/${account}`,
    ]);
  });

  test("Requests go to another origin with the paths of the environment", async () => {
    expect(await urlsOf({ environment: "mock", origin: "http://localhost:5000/" })).toEqual([
      `http://localhost:5000/api/fota/v1/callbacks/${account}`,
      `http://localhost:5000/legacy/api/fota/v1/callbacks/${account}`,
    ]);
  });
});

describe("a call", () => {
  const service = createService({ call: () => Response.json({ success: true }) });
  const thingspace = service.client({ credentials: tokens });

  test("A call encodes path values", async () => {
    await thingspace.v2.listRegisteredCallbacks("a/b c?d#e%2F");
    expect(service.asked.at(-1)?.request.url).toMatch(/callbacks\/a%2Fb%20c%3Fd%23e%252F$/);
  });

  test.each(["", ".", "..", undefined, 242078689, "half \ud800"])(
    "A call with the account %o is refused, and sends nothing",
    async (wrong) => {
      const before = service.asked.length;
      const error = await errorOf(thingspace.v2.deregisterCallback(wrong as never));
      expect(error).toMatchObject({ name: "OptionError", code: "INVALID_ARGUMENT", option: "account" });
      expect((error as Error).message).toContain("v2.deregisterCallback");
      expect(service.asked).toHaveLength(before);
    },
  );

  test.each([undefined, null, "url", []])("A call with the body %o is refused", async (body) => {
    const error = await errorOf(thingspace.v2.registerCallback(account, body as never));
    expect(error).toMatchObject({ name: "OptionError", code: "INVALID_ARGUMENT", option: "body" });
  });

  test.each([
    { options: { timeout: 5 }, option: "timeout", code: "UNKNOWN_OPTION" },
    { options: { timeoutMs: -1 }, option: "timeoutMs", code: "INVALID_OPTION" },
    { options: { signal: "stop" }, option: "signal", code: "INVALID_OPTION" },
    { options: { headers: ["X-Trace"] }, option: "headers", code: "INVALID_OPTION" },
    { options: { headers: { "X-Trace": 5 } }, option: "headers", code: "INVALID_OPTION" },
    { options: { headers: { "X-Trace": "two\nlines" } }, option: "headers", code: "INVALID_OPTION" },
    { options: { headers: null }, option: "headers", code: "INVALID_OPTION" },
    { options: { headers: "X-Trace: 5" }, option: "headers", code: "INVALID_OPTION" },
    { options: [], option: "options", code: "INVALID_OPTION" },
  ])("A call with the options $options is refused because of $option", async ({ options, option, code }) => {
    const error = await errorOf(thingspace.v2.listRegisteredCallbacks(account, options as never));
    expect(error).toMatchObject({ name: "OptionError", code, option });
  });

  test.each([
    ["an object", (headers: Record<string, string>) => headers],
    ["Headers", (headers: Record<string, string>) => new Headers(headers)],
  ])("A call sends the caller's headers, given as %s, which replace the client's", async (_, form) => {
    await thingspace.v2.listRegisteredCallbacks(account, {
      headers: form({ "X-Trace": "t", "vz-m2m-token": "mine" }),
    });
    const { headers } = service.asked.at(-1)?.request ?? new Request("http://localhost");
    expect([headers.get("X-Trace"), headers.get("VZ-M2M-Token"), headers.get("Authorization")]).toEqual([
      "t",
      "mine",
      "Bearer given-access",
    ]);
  });
});
