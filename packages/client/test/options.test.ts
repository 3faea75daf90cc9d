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
  [{ environment: "staging" }, 'environment must be "production" or "mock".'],
  [{ origin: "localhost" }, 'origin must be scheme, host and port such as "http://127.0.0.1:4010".'],
  [
    { origin: "https://example.com/path" },
    'origin must be scheme, host and port such as "http://127.0.0.1:4010".',
  ],
  [
    { origin: "https://user:pw@example.com" },
    'origin must be scheme, host and port such as "http://127.0.0.1:4010".',
  ],
  [{ origin: 5 }, 'origin must be scheme, host and port such as "http://127.0.0.1:4010".'],
  [{ timeoutMs: 0 }, "timeoutMs must be a whole number from 1 to 2147483647."],
  [{ timeoutMs: "5" }, "timeoutMs must be a whole number from 1 to 2147483647."],
  [{ retries: -1 }, "retries must be a whole number from 0 to 10."],
  [{ retries: Number.NaN }, "retries must be a whole number from 0 to 10."],
  [{ fetch: "fetch" }, "fetch must be a function."],
  [{ onRetry: {} }, "onRetry must be a function."],
  [{ allowHttp: "yes" }, "allowHttp must be a boolean."],
  [{ tokenStore: {} }, "tokenStore must be an object with get and set."],
  [{ tokenStore: null }, "tokenStore must be an object with get and set."],
  [{ credentials: "secret" }, "credentials must be an object."],
  [{ credentials: null }, "credentials must be an object."],
  [null, "options must be an object."],
])("%o is refused by name, with what was expected", (options, message) => {
  expect(refusalOf(options)).toEqual(new TypeError(message));
});

test.each(["timeout", "OnRequest", "constructor"])("the unknown option %s is answered with all", (name) => {
  expect(refusalOf({ [name]: 1 })).toEqual(
    new TypeError(
      `options: there is no ${name}, only credentials, environment, origin, allowHttp, fetch, timeoutMs, retries, ` +
        "onRequest, onResponse, onRetry, tokenStore.",
    ),
  );
});

describe("credentials", () => {
  test.each([
    { key, secret, username, password },
    { accessToken: "a", sessionToken: "b" },
    { accessToken: () => "a", sessionToken: async () => "b" },
    { key, secret, sessionToken: "b" },
    { accessToken: "a", username, password },
  ])("%o are taken", (credentials) => {
    expect(createThingSpaceClient({ credentials })).toBeDefined();
  });

  test.each([
    [{}, "credentials must have either key and secret, or accessToken."],
    [{ key, username, password }, "credentials must have either key and secret, or accessToken."],
    [
      { key, secret, accessToken: "a", sessionToken: "b" },
      "credentials must have either key and secret, or accessToken.",
    ],
    [{ key, secret }, "credentials must have either username and password, or sessionToken."],
    [{ key, secret, username }, "credentials must have either username and password, or sessionToken."],
    [{ key, secret: "", username, password }, "secret must be a string that is not empty."],
    [
      { accessToken: "", sessionToken: "b" },
      "accessToken must be a token without line breaks or a function.",
    ],
    [
      { key, secret, user: "u", password },
      "credentials: there is no user, only key, secret, accessToken, username, password, sessionToken.",
    ],
  ])("%o are refused", (credentials, message) => {
    expect(refusalOf({ credentials })).toEqual(new TypeError(message));
    expect(() => createThingSpaceClient().authenticate(credentials as never)).toThrow(message);
  });
});

describe("plain http", () => {
  test.each([
    "http://localhost:5000",
    "http://127.0.0.1",
    "http://127.0.0.2:5000",
    "http://[::1]:5000/",
    "HTTP://LOCALHOST",
  ])("to %s is taken", (origin) => {
    expect(createThingSpaceClient({ origin })).toBeDefined();
  });

  test.each([
    "http://example.com",
    "http://localhost.example.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1:80",
  ])("to %s is refused unless it is allowed", (origin) => {
    expect(refusalOf({ origin })).toMatchObject({ message: expect.stringContaining("origin must be https") });
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

  test("production, unless told otherwise", async () => {
    expect(await urlsOf({})).toEqual(
      Array(2).fill(`https://thingspace.verizon.com/api/fota/v1/callbacks/${account}`),
    );
  });

  test("the mock", async () => {
    expect(await urlsOf({ environment: "mock" })).toEqual([
      `http://127.0.0.1:4010/api/fota/v1/callbacks/${account}`,
      `http://127.0.0.1:4010/legacy/api/fota/v1/callbacks/${account}`,
    ]);
  });

  test("another origin, with the environment's paths", async () => {
    expect(await urlsOf({ environment: "mock", origin: "http://localhost:5000/" })).toEqual([
      `http://localhost:5000/api/fota/v1/callbacks/${account}`,
      `http://localhost:5000/legacy/api/fota/v1/callbacks/${account}`,
    ]);
  });
});

describe("a call", () => {
  const service = createService({ call: () => Response.json({ success: true }) });
  const thingspace = service.client({ credentials: tokens });

  test("encodes path values", async () => {
    await thingspace.v2.listRegisteredCallbacks("a/b c?d#e%2F");
    expect(service.asked.at(-1)?.request.url).toMatch(/callbacks\/a%2Fb%20c%3Fd%23e%252F$/);
  });

  test.each(["", ".", "..", undefined, 242078689, "half \ud800"])(
    "refuses the account %o, and sends nothing",
    async (wrong) => {
      const before = service.asked.length;
      expect(await errorOf(thingspace.v2.deregisterCallback(wrong as never))).toEqual(
        new TypeError('v2.deregisterCallback: account must be a string that is not empty, "." or "..".'),
      );
      expect(service.asked).toHaveLength(before);
    },
  );

  test.each([undefined, null, "url", []])("refuses the body %o", async (body) => {
    expect(await errorOf(thingspace.v2.registerCallback(account, body as never))).toEqual(
      new TypeError("v2.registerCallback: the body must be an object."),
    );
  });

  test("refuses an unknown option, and one with a wrong value", async () => {
    const call = (options: object) => errorOf(thingspace.v2.listRegisteredCallbacks(account, options));
    expect(await call({ timeout: 5 })).toEqual(
      new TypeError("options: there is no timeout, only signal, timeoutMs, headers."),
    );
    expect(await call({ timeoutMs: -1 })).toBeInstanceOf(TypeError);
    expect(await call({ signal: "stop" })).toBeInstanceOf(TypeError);
    for (const headers of [["X-Trace"], { "X-Trace": 5 }, { "X-Trace": "two\nlines" }, null, "X-Trace: 5"]) {
      expect(await call({ headers })).toEqual(
        new TypeError("headers must be an object of texts without line breaks."),
      );
    }
    expect(await call([])).toEqual(new TypeError("options must be an object."));
  });

  test.each([
    ["an object", (headers: Record<string, string>) => headers],
    ["Headers", (headers: Record<string, string>) => new Headers(headers)],
  ])("sends the caller's headers, given as %s, which replace the client's", async (_, form) => {
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
