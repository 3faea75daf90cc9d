import { describe, expect, test } from "vitest";
import { tokens, useServer } from "./server.ts";

const v1 = "/api/fota/v1/callbacks/0242078689-00001";
const v2 = "/api/fota/v2/callbacks/0000123456-00001";
const legacy = `/legacy${v1}`;
const json = { ...tokens, "Content-Type": "application/json" };
const post = (body: string, headers: object = json) => ({ method: "POST", body, headers });

type Row = [input: string, path: string, init: object, status: number, body: unknown];

const text = (pattern: RegExp) => expect.stringMatching(pattern);
const invalid = (message: RegExp) => ({ errorCode: "INVALID_PARAMETER", errorMessage: text(message) });
const fault = (description: RegExp) => ({
  fault: expect.objectContaining({ description: text(description) }),
});

const rows: Row[] = [
  // Paths and methods
  [
    "an unknown path below a base",
    "/api/fota/v1/nothing",
    { headers: tokens },
    404,
    {
      errorCode: "NOT_FOUND",
      errorMessage: text(
        /\/api\/fota\/v1\/nothing\. Available routes: GET \/api\/fota\/v1\/callbacks\/\{account\} \(listRegisteredCallbacks\), POST .*, DELETE [^,]*$/,
      ),
    },
  ],
  [
    "an unknown path below the legacy base",
    "/legacy/api/fota/v1/nothing",
    {},
    404,
    { errorCode: "NOT_FOUND", errorMessage: text(/getCallbacksUsingGet/) },
  ],
  [
    "a path outside every base",
    "/nothing",
    {},
    404,
    { errorCode: "NOT_FOUND", errorMessage: text(/\/nothing\. .*requestToken/) },
  ],
  [
    "a path that is not percent-encoding",
    "/api/fota/v1/callbacks/%ZZ",
    { headers: tokens },
    400,
    invalid(/^path: is not valid percent-encoding/),
  ],
  [
    "an unknown method",
    v1,
    { method: "PATCH", headers: tokens },
    405,
    { errorCode: "METHOD_NOT_ALLOWED", errorMessage: text(/^PATCH .*registerCallback/) },
  ],
  [
    "a wrong method at an OAuth path",
    "/api/ts/v1/oauth2/token",
    {},
    405,
    { error: "invalid_request", error_description: text(/^GET /) },
  ],
  // Tokens
  ["neither token", v1, {}, 401, fault(/both headers: Authorization.*VZ-M2M-Token/)],
  [
    "no Authorization",
    v2,
    { headers: { "VZ-M2M-Token": "any" } },
    401,
    fault(/not provided\. Send the header Authorization: Bearer/),
  ],
  [
    "a malformed Authorization",
    legacy,
    { headers: { ...tokens, Authorization: "any" } },
    401,
    fault(/Authorization header is malformed/),
  ],
  [
    "Bearer without a token",
    v1,
    { headers: { ...tokens, Authorization: "Bearer " } },
    401,
    fault(/Authorization header is malformed/),
  ],
  [
    "Basic where Bearer is due",
    v1,
    { headers: { ...tokens, Authorization: "Basic YTpi" } },
    401,
    fault(/Authorization header is malformed/),
  ],
  [
    "no VZ-M2M-Token",
    v1,
    { headers: { Authorization: "Bearer any" } },
    400,
    { errorCode: text(/\.SessionToken\.Format$/), errorMessage: text(/^VZ-M2M-Token: /) },
  ],
  [
    "a token request without Basic",
    "/api/ts/v1/oauth2/token",
    { method: "POST", body: new URLSearchParams({ grant_type: "client_credentials" }) },
    401,
    fault(/Authorization: Basic/),
  ],
  [
    "a token request whose Basic credentials have no colon",
    "/api/ts/v1/oauth2/token",
    {
      method: "POST",
      headers: { Authorization: `Basic ${btoa("key")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    },
    401,
    fault(/Authorization header is malformed/),
  ],
  // Parameters
  [
    "an account without its dash",
    "/api/fota/v1/callbacks/024207868900001",
    { headers: tokens },
    400,
    invalid(/^account: must be ##########-#####/),
  ],
  [
    "an empty account",
    "/api/fota/v1/callbacks/",
    { headers: tokens },
    400,
    invalid(/^account: (is required|must be ##########-#####)/),
  ],
  [
    "a V2 account of 65 characters",
    `/api/fota/v2/callbacks/${"9".repeat(65)}`,
    { headers: tokens },
    400,
    invalid(/^account: must NOT have more than 64 characters/),
  ],
  [
    "a wrong service",
    `${v1}/name/fota`,
    { method: "DELETE", headers: tokens },
    400,
    invalid(/^service: .*Fota/),
  ],
  [
    "a wrong service, legacy",
    `${legacy}/name/Foto`,
    { method: "DELETE", headers: tokens },
    400,
    invalid(/^service: .*Fota/),
  ],
  // Bodies
  ["no url", v2, post("{}"), 400, invalid(/^url: is required\.$/)],
  ["no name", legacy, post('{"url":"https://example.com"}'), 400, invalid(/^name: is required\.$/)],
  ["a wrong name", v1, post('{"name":"Foto","url":"https://example.com"}'), 400, invalid(/^name: .*Fota/)],
  ["a url of a wrong type", v2, post('{"url":5}'), 400, invalid(/^url: must be string/)],
  [
    "a url that is none",
    v1,
    post('{"name":"Fota","url":"listener"}'),
    400,
    invalid(/^url: must be an absolute http or https URL/),
  ],
  [
    "a relative url",
    v1,
    post('{"name":"Fota","url":"/listener"}'),
    400,
    invalid(/^url: must be an absolute http or https URL/),
  ],
  [
    "a url of another scheme",
    v1,
    post('{"name":"Fota","url":"ftp://example.com"}'),
    400,
    invalid(/^url: must be an absolute http or https URL/),
  ],
  [
    "an http url in V2",
    v2,
    post('{"url":"http://example.com"}'),
    400,
    invalid(/^url: must be an absolute https URL/),
  ],
  ["two wrong members", v1, post('{"name":"Foto"}'), 400, invalid(/url: is required\..*name: /)],
  ["an array for an object", v2, post("[]"), 400, invalid(/^body: must be object/)],
  ["null for an object", v2, post("null"), 400, invalid(/^body: must be object/)],
  ["a body that is not JSON", v2, post('{"url" 5}'), 400, invalid(/^body: is not valid JSON at position 7/)],
  ["JSON that is cut short", v2, post('{"url":'), 400, invalid(/^body: is not valid JSON/)],
  [
    "JSON with a prototype",
    v2,
    post('{"__proto__":{"url":"https://example.com"}}'),
    400,
    invalid(/^body: must not have a member __proto__/),
  ],
  ["no body", v1, { method: "POST", headers: tokens }, 400, invalid(/^body: is required/)],
  ["an empty body", v2, { method: "PUT", headers: json, body: "" }, 400, invalid(/^body: is required/)],
  [
    "a form for JSON",
    v2,
    post("url=x", { ...tokens, "Content-Type": "application/x-www-form-urlencoded" }),
    415,
    { errorCode: "UNSUPPORTED_MEDIA_TYPE", errorMessage: text(/must be application\/json/) },
  ],
  [
    "a wrong grant",
    "/api/ts/v1/oauth2/token",
    {
      method: "POST",
      headers: { Authorization: "Basic YTpi" },
      body: new URLSearchParams({ grant_type: "password" }),
    },
    400,
    { error: "invalid_request", error_description: text(/^grant_type: .*client_credentials/) },
  ],
  [
    "a login without a password",
    "/api/m2m/v1/session/login",
    post('{"username":"a"}'),
    400,
    invalid(/^password: is required/),
  ],
  [
    "a body over the limit",
    v1,
    post("x".repeat(65_537)),
    413,
    { errorCode: "PAYLOAD_TOO_LARGE", errorMessage: text(/^body: is larger than 65536 bytes/) },
  ],
  [
    "a body that is compressed",
    v2,
    post("x", { ...json, "Content-Encoding": "gzip" }),
    415,
    { errorCode: "UNSUPPORTED_MEDIA_TYPE", errorMessage: text(/^Content-Encoding: is gzip/) },
  ],
  [
    "another charset",
    v2,
    post("{}", { ...tokens, "Content-Type": "application/json; charset=utf-16" }),
    415,
    { errorCode: "UNSUPPORTED_MEDIA_TYPE", errorMessage: text(/charset=utf-8/) },
  ],
  [
    "a Content-Type that is none",
    v2,
    post("{}", { ...tokens, "Content-Type": "json" }),
    415,
    {
      errorCode: "UNSUPPORTED_MEDIA_TYPE",
      errorMessage: text(/^Content-Type: is json, must be application\/json/),
    },
  ],
  [
    "a form with a cut escape",
    "/api/ts/v1/oauth2/token",
    {
      method: "POST",
      headers: { Authorization: "Basic YTpi", "Content-Type": "application/x-www-form-urlencoded" },
      body: "%zz=%zz&grant_type=x",
    },
    400,
    { error: "invalid_request", error_description: text(/^grant_type: /) },
  ],
  [
    "a url without a host",
    v1,
    post('{"name":"Fota","url":"https://:80/"}'),
    400,
    invalid(/^url: must be an absolute/),
  ],
  [
    "a url with a user and no host",
    v1,
    post('{"name":"Fota","url":"https://@/x"}'),
    400,
    invalid(/^url: must be an absolute/),
  ],
  [
    "an empty account with a wrong method",
    "/api/fota/v1/callbacks/",
    { method: "PATCH" },
    405,
    { errorCode: "METHOD_NOT_ALLOWED", errorMessage: text(/^PATCH /) },
  ],
  [
    "an account of 2,000 characters",
    `/api/fota/v2/callbacks/${"9".repeat(2_000)}`,
    { headers: tokens },
    400,
    invalid(/^account: must NOT have more than 64/),
  ],
  [
    "a url that is none, which is said once",
    v1,
    post('{"name":"Fota","url":"not a url"}'),
    400,
    invalid(/^url: must be an absolute http or https URL\.$/),
  ],
  ...[
    { url: "https://example.com/?a=b|c", character: '"\\|"' },
    { url: "https://example.com/{id}", character: '"\\{"' },
    { url: "https://exämple.com/", character: '"ä"' },
    { url: "https://example.com/😀", character: '"😀"' },
  ].map(
    ({ url, character }): Row => [
      `a url with a character that no URI has, ${url}`,
      v1,
      post(JSON.stringify({ name: "Fota", url })),
      400,
      invalid(new RegExp(`^url: must be a URL without the character ${character}: percent-encode it`)),
    ],
  ),
  [
    "a url with broken percent-encoding",
    v1,
    post('{"name":"Fota","url":"https://example.com/%zz"}'),
    400,
    invalid(/^url: must be a URL with a valid host, .*percent-encoding\.$/),
  ],
  // Preferences
  [
    "a code that is not documented",
    v1,
    { headers: { ...tokens, Prefer: "code=418" } },
    400,
    invalid(/^Prefer: .*"418".*200, 400, 401/),
  ],
  [
    "an example that there is not",
    v1,
    { headers: { ...tokens, Prefer: "example=none" } },
    400,
    invalid(/^Prefer: .*"none".*registered, nothingRegistered/),
  ],
];

describe.each(["stateful", "prism"] as const)(
  "bad input gets the API's own error body from the %s engine",
  (engine) => {
    const server = useServer({ engine });

    test.each(rows)("%s", async (_input, path, init, status, body) => {
      const response = await fetch(server.origin + path, init);
      expect(response.status).toBe(status);
      expect(response.headers.get("Content-Type")).toMatch(/^application\/json/);
      expect(await response.json()).toEqual(body);
    });

    test.each([{ method: "QUERY" }, { method: "PATCH" }, { method: "PROPFIND" }])(
      "A $method gets 405, with and without a body",
      async ({ method }) => {
        for (const init of [{ method }, { method, body: "{}", headers: { "Content-Type": "text/plain" } }]) {
          const response = await fetch(server.origin + v1, init);
          expect(response.status).toBe(405);
          expect(await response.json()).toMatchObject({ errorCode: "METHOD_NOT_ALLOWED" });
        }
        expect((await fetch(`${server.origin}/nothing`, { method })).status).toBe(404);
      },
    );

    test("A 405 names the allowed methods", async () => {
      const response = await fetch(server.origin + v1, { method: "PATCH" });
      expect(response.headers.get("Allow")).toMatch(/^GET, POST\b.*, HEAD$/);
    });

    test("No response contains a password of the request", async () => {
      const body = '{"name":"Foto","password":"hunter2","url":}';
      const response = await fetch(server.origin + v1, post(body));
      expect(await response.text()).not.toContain("hunter2");
    });
  },
);

describe.each(["stateful", "prism"] as const)(
  "what looks odd but is right is taken by the %s engine",
  (engine) => {
    const server = useServer({ engine });

    const body = '{"url":"https://example.com/fota"}';
    test.each([
      ["Content-Type */*", { ...tokens, "Content-Type": "*/*" }],
      ["a charset", { ...tokens, "Content-Type": "application/json; charset=utf-8" }],
      ["a lower-case scheme", { ...json, Authorization: "bearer any" }],
      ["a scheme in capitals", { ...json, Authorization: "BEARER any" }],
      ["an Accept that is not JSON", { ...json, Accept: "text/html" }],
    ])("%s", async (_input, headers) => {
      const response = await fetch(server.origin + v2, { method: "POST", body, headers });
      expect(response.status).toBe(200);
    });

    test("A body without a Content-Type", async () => {
      const response = await fetch(server.origin + v2, {
        method: "PUT",
        headers: tokens,
        body: new TextEncoder().encode(body),
      });
      expect(response.status).toBe(200);
    });

    test("Undocumented members that are nested 10,000 levels deep", async () => {
      const deep = "[".repeat(10_000) + "]".repeat(10_000);
      const response = await fetch(server.origin + v2, post(`{"url":"https://example.com","more":${deep}}`));
      expect(response.status).toBe(200);
    });
  },
);
