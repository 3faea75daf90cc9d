import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { isThingSpaceApiError, unwrap } from "../src/index.ts";
import { account, createService, errorOf, fault, refusal } from "./service.ts";

const tokens = { accessToken: "given-access", sessionToken: "given-session" };
const clientOf = (respond: () => Response) =>
  createService({ call: respond }).client({ credentials: tokens });
type Client = ReturnType<typeof clientOf>;
const wso2 = '<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>404</am:code></am:fault>';

describe("a failure", () => {
  test("A failure has the API's own error", async () => {
    const result = await clientOf(() => refusal(400)).v2.registerCallback(account, {
      url: "ftp://example.com",
    });
    if (result.ok) throw new Error("a 400 must not be ok");
    if (result.status !== 400) throw new Error("the status must be 400");
    const code: string | undefined = result.error.errorCode;
    expect(code).toBe("INVALID_PARAMETER");
    expect(result.text).toBe('{"errorCode":"INVALID_PARAMETER","errorMessage":"url: is required."}');
  });

  test("A failure has the gateway's JSON, whatever the status is", async () => {
    for (const status of [400, 401, 404, 500] as const) {
      const result = await clientOf(() => fault(status, "900906")).v1.listRegisteredCallbacks(account);
      expect(result).toMatchObject({ ok: false, status, error: { fault: { code: "900906" } } });
    }
  });

  test.each([
    ["XML", 403, wso2],
    ["HTML", 502, "<html>Bad gateway</html>"],
    ["JSON that breaks off", 500, '{"errorCode":"MALFOR'],
    ["JSON that is no object", 500, "null"],
    ["nothing", 503, ""],
    ["XML where JSON is documented", 400, wso2],
    ["nothing where JSON is documented", 401, ""],
  ])("A failure has the text of a body that is %s", async (_, status, body) => {
    const result = await clientOf(() => new Response(body, { status })).v1.listRegisteredCallbacks(account);
    expect(result).toMatchObject({ ok: false, status, error: body, text: body });
    // Nothing of the documented form is there, and reading it does no harm.
    if (result.status === 400) expect(result.error.errorCode).toBeUndefined();
    if (result.status === 401) expect(result.error.fault?.code).toBeUndefined();
  });

  test("A redirect is not followed and is a failure", async () => {
    const requests: Request[] = [];
    const thingspace = createService({
      call: (request) => {
        requests.push(request);
        return new Response(null, { status: 302, headers: { Location: "https://elsewhere.example" } });
      },
    }).client({ credentials: tokens });
    expect(await thingspace.v1.listRegisteredCallbacks(account)).toMatchObject({ ok: false, status: 302 });
    expect(requests.map(({ redirect }) => redirect)).toEqual(["manual"]);
  });
});

describe("a success", () => {
  test("A success has data, text, headers and the facts of the call", async () => {
    const callbacks = [{ aname: account, name: "Fota", url: "https://example.com/fota" }];
    const thingspace = clientOf(() => Response.json(callbacks, { headers: { "X-Request-Id": "r1" } }));
    const result = await thingspace.v1.listRegisteredCallbacks(account);
    expect(result).toMatchObject({
      ok: true,
      status: 200,
      data: callbacks,
      text: JSON.stringify(callbacks),
      call: { operation: "v1.listRegisteredCallbacks", account, attempts: 1 },
    });
    expect(result.response.headers.get("X-Request-Id")).toBe("r1");
  });

  test("A success without a body has the empty value of the documented form", async () => {
    const thingspace = clientOf(() => new Response(""));
    expect(unwrap(await thingspace.v1.listRegisteredCallbacks(account))).toEqual([]);
    expect(unwrap(await thingspace.v2.listRegisteredCallbacks(account))).toEqual({});
    expect(unwrap(await thingspace.legacy.getCallbacksUsingGet(account))).toEqual({});
    const withoutContent = clientOf(() => new Response(null, { status: 204 }));
    expect(await withoutContent.v1.listRegisteredCallbacks(account)).toMatchObject({
      ok: true,
      status: 204,
      data: [],
    });
  });

  test("A list has its documented form, whether the service sends an array or an object", async () => {
    const callback = { aname: account, name: "Fota", url: "https://example.com/fota" };
    const withArray = clientOf(() => Response.json([callback]));
    expect(unwrap(await withArray.legacy.getCallbacksUsingGet(account))).toEqual(callback);
    const withObject = clientOf(() => Response.json(callback));
    expect(unwrap(await withObject.v1.listRegisteredCallbacks(account))).toEqual([callback]);
    const empty = clientOf(() => Response.json({}));
    expect(unwrap(await empty.v1.listRegisteredCallbacks(account))).toEqual([]);
  });

  test("A success of an operation without a documented body has no data", async () => {
    const thingspace = createService({ call: () => new Response("") }).client();
    const result = await thingspace.auth.revokeToken({ grant_type: "client_credentials", token: "t" });
    expect(result).toMatchObject({ ok: true, data: undefined });
  });

  test.each([
    ["JSON that breaks off", '[{"aname":"02'],
    ["HTML", "<html>Sign in to the hotel's network</html>"],
    ["a number", "5"],
  ])("A list whose body is %s throws instead of returning data of another type", async (_, body) => {
    const error = await errorOf(clientOf(() => new Response(body)).v1.listRegisteredCallbacks(account));
    expect(isThingSpaceApiError(error)).toBe(true);
    expect(error).toMatchObject({
      status: 200,
      operation: "v1.listRegisteredCallbacks",
      code: undefined,
    });
  });
});

describe("a 2xx of an operation that changes something", () => {
  const url = "https://example.com/fota";
  const operations = [
    {
      name: "v1.registerCallback",
      call: ({ v1 }: Client) => v1.registerCallback(account, { name: "Fota", url }),
    },
    { name: "v1.deregisterCallback", call: ({ v1 }: Client) => v1.deregisterCallback(account, "Fota") },
    { name: "v2.registerCallback", call: ({ v2 }: Client) => v2.registerCallback(account, { url }) },
    { name: "v2.updateCallback", call: ({ v2 }: Client) => v2.updateCallback(account, { url }) },
    { name: "v2.deregisterCallback", call: ({ v2 }: Client) => v2.deregisterCallback(account) },
    {
      name: "legacy.registerCallbackUsingPost",
      call: ({ legacy }: Client) => legacy.registerCallbackUsingPost(account, { name: "Fota", url }),
    },
    {
      name: "legacy.deregisterCallbackUsingDelete",
      call: ({ legacy }: Client) => legacy.deregisterCallbackUsingDelete(account, "Fota"),
    },
  ];

  test.each(operations)("A 2xx to $name is a success whatever the body is", async ({ call }) => {
    for (const { body, data } of [
      { body: "", data: {} },
      { body: "{}", data: {} },
      { body: "OK", data: {} },
      { body: "null", data: {} },
      { body: "[1]", data: {} },
      { body: '{"success":', data: {} },
      { body: '{"accountName":"a","serviceName":"Fota"}', data: { accountName: "a", serviceName: "Fota" } },
    ]) {
      const result = await call(clientOf(() => new Response(body)));
      expect(result).toMatchObject({ ok: true, status: 200, data, text: body });
    }
  });

  test("A 204 to an operation that changes something is a success", async () => {
    const thingspace = clientOf(() => new Response(null, { status: 204 }));
    expect(await thingspace.v2.deregisterCallback(account)).toMatchObject({
      ok: true,
      status: 204,
      data: {},
    });
  });
});

describe("a result", () => {
  test("A result can be destructured into data or error, with code and message of every failure", async () => {
    const url = "https://example.com/fota";
    const listed = await clientOf(() => Response.json({ url })).v2.listRegisteredCallbacks(account);
    const { data, error, code, message } = listed;
    expect({ data, error, code, message }).toEqual({ data: { url } });
    const refused = await clientOf(() => refusal(400)).v2.listRegisteredCallbacks(account);
    expect(refused.data).toBeUndefined();
    expect(refused).toMatchObject({ code: "INVALID_PARAMETER", message: "url: is required." });
  });

  test.each([
    {
      form: "the API's error",
      respond: () => refusal(400),
      code: "INVALID_PARAMETER",
      message: "url: is required.",
    },
    {
      form: "the gateway's",
      respond: () => fault(403),
      code: "900901",
      message: "Invalid Credentials. Refused.",
    },
    {
      form: "the OAuth provider's",
      respond: () => Response.json({ error: "invalid_scope", error_description: "No." }, { status: 400 }),
      code: "invalid_scope",
      message: "No.",
    },
    {
      form: "a page",
      respond: () => new Response("<html>", { status: 502 }),
      code: undefined,
      message: "<html>",
    },
    {
      form: "nothing",
      respond: () => new Response("", { status: 503 }),
      code: undefined,
      message: "the body is empty.",
    },
  ])("A failure of $form has its code and message", async ({ respond, code, message }) => {
    const result = await clientOf(respond).v1.listRegisteredCallbacks(account);
    expect(result).toMatchObject({ ok: false, code, message });
  });

  test("A result shortens a code and a message that are megabytes long", async () => {
    const long = "x".repeat(1_000_000);
    const result = await clientOf(() => refusal(400, long, long)).v1.listRegisteredCallbacks(account);
    expect(result.code).toHaveLength(200);
    expect(result.message).toHaveLength(1_000);
  });

  test("A result prints in a few lines, without the response", async () => {
    const list = [{ aname: account, name: "Fota", url: "https://example.com/fota" }];
    const success = inspect(await clientOf(() => Response.json(list)).v1.listRegisteredCallbacks(account));
    expect(success.split("\n").length).toBeLessThanOrEqual(12);
    expect(success).toContain("https://example.com/fota");
    expect(success).not.toContain("Response");
    const failure = inspect(await clientOf(() => refusal(400)).v1.listRegisteredCallbacks(account));
    expect(failure.split("\n").length).toBeLessThanOrEqual(12);
    expect(failure).toContain("INVALID_PARAMETER");
  });
});

describe("unwrap", () => {
  test("unwrap returns the data", async () => {
    const result = await clientOf(() =>
      Response.json({ url: "https://example.com" }),
    ).v2.listRegisteredCallbacks(account);
    expect(unwrap(result).url).toBe("https://example.com");
  });

  test.each([
    ["the API's error", () => refusal(400), "INVALID_PARAMETER", "url: is required."],
    ["the gateway's", () => fault(403, "900908"), "900908", "Invalid Credentials. Refused."],
    [
      "the OAuth provider's",
      () =>
        Response.json(
          { error: "invalid_request", error_description: "Missing grant_type." },
          { status: 400 },
        ),
      "invalid_request",
      "Missing grant_type.",
    ],
    ["XML", () => new Response(wso2, { status: 403 }), undefined, wso2],
    ["other JSON", () => Response.json({ reason: "no" }, { status: 409 }), undefined, '{"reason":"no"}'],
    ["nothing", () => new Response("", { status: 503 }), undefined, "the body is empty."],
    ["a long page", () => new Response("x".repeat(9_999), { status: 502 }), undefined, "x".repeat(200)],
  ])("unwrap throws %s with code and message", async (_, respond, code, message) => {
    const result = await clientOf(respond).v2.listRegisteredCallbacks(account);
    const error = await errorOf((async () => unwrap(result))());
    expect(isThingSpaceApiError(error)).toBe(true);
    expect(error).toMatchObject({ status: result.status, code, attempts: 1, account });
    for (const part of ["v2.listRegisteredCallbacks", String(result.status), code ?? "", message]) {
      expect((error as Error).message).toContain(part);
    }
  });

  test.each(["X-Request-Id", "x-amzn-RequestId", "X-Correlation-ID"])(
    "unwrap throws an error with the request id of %s",
    async (name) => {
      const respond = () => new Response("", { status: 500, headers: { [name]: "r-1" } });
      const result = await clientOf(respond).v2.listRegisteredCallbacks(account);
      expect(await errorOf((async () => unwrap(result))())).toMatchObject({ requestId: "r-1" });
    },
  );

  test("unwrap throws an error that serializes as JSON", async () => {
    const result = await clientOf(() => refusal(400)).v2.listRegisteredCallbacks(account);
    const error = await errorOf((async () => unwrap(result))());
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "ThingSpaceApiError",
      message: expect.stringContaining("url: is required."),
      operation: "v2.listRegisteredCallbacks",
      account,
      attempts: 1,
      status: 400,
      code: "INVALID_PARAMETER",
    });
  });
});

test.each([
  '{"fault":{"faultstring":"Invalid token","detail":{"errorcode":"oauth.v2.InvalidToken"}}}',
  '{"fault":"oops"}',
  '{"fault":null}',
  '{"errorCode":17,"errorMessage":{"text":"no"}}',
  "[null]",
])("A refusal of another form, %s, is described by its text", async (body) => {
  const service = createService({ call: () => new Response(body, { status: 400 }) });
  const error = await errorOf(service.client().v1.listRegisteredCallbacks(account).then(unwrap));
  expect(error).toMatchObject({ name: "ThingSpaceApiError", code: undefined });
  expect((error as Error).message).toContain(body);
});

test.each(["[1]", "[null]", '["text"]'])(
  "A response %s is not accepted as a list or an object",
  async (body) => {
    const service = createService({ call: () => new Response(body) });
    const { v1, v2 } = service.client();
    for (const call of [v1.listRegisteredCallbacks(account), v2.listRegisteredCallbacks(account)]) {
      expect(await errorOf(call)).toMatchObject({ name: "ThingSpaceApiError", status: 200 });
    }
  },
);

test.each([
  ["requestToken", { access_token: 5, token_type: "Bearer" }],
  ["requestToken", { access_token: "", token_type: "Bearer" }],
  ["logIn", { sessionToken: 5 }],
] as const)("A response to %s without a usable token is a ThingSpaceApiError: %j", async (what, body) => {
  const service = createService({ [what]: () => Response.json(body) });
  const error = await errorOf(service.client().v1.listRegisteredCallbacks(account));
  expect(error).toMatchObject({ name: "ThingSpaceApiError", operation: `auth.${what}`, status: 200 });
});

test.each([
  { what: "requestToken", body: { error: "invalid_client" }, code: "invalid_client" },
  { what: "requestToken", body: { errorCode: "TOO_MANY" }, code: "TOO_MANY" },
  { what: "logIn", body: { errorCode: "USER_LOCKED", sessionToken: null }, code: "USER_LOCKED" },
] as const)(
  "A 200 to $what with $body.error$body.errorCode instead of a token causes an error with that code",
  async ({ what, body, code }) => {
    const service = createService({ [what]: () => Response.json(body) });
    const error = await errorOf(service.client().v1.listRegisteredCallbacks(account));
    expect(error).toMatchObject({ name: "ThingSpaceApiError", operation: `auth.${what}`, status: 200, code });
  },
);
