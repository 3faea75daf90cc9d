import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call } from "./call.ts";
import { useServer } from "./server.ts";

const config = fileURLToPath(new URL("../config/mock-config.example.yaml", import.meta.url));
const server = useServer({ auth: "strict", config });
const path = `/api/fota/v1/callbacks/${account}`;
const basic = (key: string, secret: string) => ({ Authorization: `Basic ${btoa(`${key}:${secret}`)}` });
const known = basic("example-key", "example-secret");
const user = { username: "zbeeblebrox", password: "IMgr8" };
const minutes = (count: number) => count * 60_000;

const advance = (ms: number) => call(server.origin, "POST", "/mock/clock", { advanceMs: ms });
beforeEach(() => server.mock.reset());

async function form(path: string, members: Record<string, string>, headers: Record<string, string> = known) {
  const init = { method: "POST", headers, body: new URLSearchParams(members) };
  const response = await fetch(server.origin + path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}
const requestToken = (headers = known) =>
  form("/api/ts/v1/oauth2/token", { grant_type: "client_credentials" }, headers);
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const logIn = (token: string, credentials = user) =>
  call(server.origin, "POST", "/api/m2m/v1/session/login", credentials, bearer(token));

async function bothTokens(credentials = user) {
  const { access_token } = (await requestToken()).body;
  const { sessionToken } = (await logIn(access_token, credentials)).body;
  return { ...bearer(access_token), "VZ-M2M-Token": String(sessionToken) };
}
const list = (headers: object, of = path) => call(server.origin, "GET", of, undefined, headers);
const fault = { fault: expect.objectContaining({ code: "900901" }) };

describe("access tokens", () => {
  test("A token request returns the same access token within the hour, and a new one afterwards", async () => {
    const first = (await requestToken()).body;
    expect(first).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    await advance(minutes(59));
    const again = (await requestToken()).body;
    expect(again).toMatchObject({ access_token: first.access_token, expires_in: 60 });
    await advance(minutes(1));
    expect((await requestToken()).body.access_token).not.toBe(first.access_token);
  });

  test("An access token that has expired, was revoked or was never issued gets the gateway's fault", async () => {
    const headers = await bothTokens();
    expect((await list(headers)).status).toBe(200);
    const token = headers.Authorization.split(" ")[1] ?? "";
    const revoked = await form("/api/ts/v1/oauth2/revoke", { grant_type: "client_credentials", token });
    expect(revoked.status).toBe(200);
    expect(revoked.headers.get("RevokedAccessToken")).toBe(token);
    expect(await list(headers)).toMatchObject({ status: 401, body: fault });

    const renewed = await bothTokens();
    await advance(minutes(60));
    expect(await list(renewed)).toMatchObject({ status: 401, body: fault });
    expect(await list({ ...renewed, ...bearer("made-up") })).toMatchObject({ status: 401, body: fault });
  });

  test.each([
    { what: "as they are", encode: (text: string) => text },
    { what: "percent-encoded, as RFC 6749 2.3.1 has it", encode: encodeURIComponent },
    { what: "encoded as a form", encode: (text: string) => encodeURIComponent(text).replaceAll("%20", "+") },
  ])("An access token is issued for a key and secret $what", async ({ encode }) => {
    const folder = mkdtempSync(join(tmpdir(), "mock-config-"));
    const file = join(folder, "config.yaml");
    const application = { key: "a+b/c %", secret: "1:2=%2B+ü" };
    const users = [{ username: "u", password: "p", accounts: ["*"] }];
    writeFileSync(file, JSON.stringify({ applications: [application], users }));
    const mock = await createMock({ auth: "strict", config: file });
    const credentials = `${encode(application.key)}:${encode(application.secret)}`;
    const response = await mock.fetch(
      new Request("http://mock/api/ts/v1/oauth2/token", {
        method: "POST",
        headers: { Authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
        body: new URLSearchParams({ grant_type: "client_credentials" }),
      }),
    );
    expect(response.status).toBe(200);
    await mock.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["a wrong secret", "example-key", "x"],
    ["an unknown key", "x", "example-secret"],
  ])("%s is refused with the OAuth error", async (_what, key, secret) => {
    const response = await requestToken(basic(key, secret));
    expect(response).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });
});

describe("sessions", () => {
  test("A session lasts as long as it is used, and expires after 20 minutes without use", async () => {
    let headers = await bothTokens();
    for (let uses = 0; uses < 2; uses += 1) {
      await advance(minutes(19));
      expect((await list(headers)).status).toBe(200);
    }
    await advance(minutes(20));
    headers = { ...headers, ...bearer((await requestToken()).body.access_token) };
    expect(await list(headers)).toMatchObject({
      status: 400,
      body: { errorCode: expect.stringContaining(".SessionToken.Expired") },
    });
  });

  test("A session ends with the logout, which returns the token", async () => {
    const headers = await bothTokens();
    const out = await call(server.origin, "POST", "/api/m2m/v1/session/logout", undefined, headers);
    expect(out).toMatchObject({ status: 200, body: { sessionToken: headers["VZ-M2M-Token"] } });
    expect((await list(headers)).status).toBe(400);
  });

  test("A login requires a valid bearer token", async () => {
    expect(await logIn("made-up")).toMatchObject({ status: 401, body: fault });
  });

  test("Five failed logins in a row lock the user, also for the right password; a success resets the count", async () => {
    const { access_token } = (await requestToken()).body;
    const wrong = { ...user, password: "wrong" };
    for (let failures = 0; failures < 4; failures += 1) {
      expect(await logIn(access_token, wrong)).toMatchObject({
        status: 400,
        body: { errorCode: "INVALID_CREDENTIALS" },
      });
    }
    expect((await logIn(access_token)).status).toBe(200);
    for (let failures = 0; failures < 5; failures += 1) await logIn(access_token, wrong);
    expect(await logIn(access_token)).toMatchObject({ status: 400, body: { errorCode: "USER_LOCKED" } });
    expect((await logIn(access_token, { username: "admin", password: "change-me" })).status).toBe(200);
  });
});

describe("a bad session", () => {
  const gateway = useServer({ auth: "strict", config, sessionErrors: "gateway" });
  const platform = useServer({ auth: "strict", config, sessionErrors: "platform" });

  /** Returns the responses of `list` and `logOut` to a session token; an undefined one is not sent. */
  async function getResponses({ origin }: { origin: string }, prepare: (tokens: Tokens) => Promise<unknown>) {
    const grant = {
      method: "POST",
      headers: known,
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    };
    const issued = await fetch(`${origin}/api/ts/v1/oauth2/token`, grant);
    const { access_token } = (await issued.json()) as { access_token: string };
    const session = await call(origin, "POST", "/api/m2m/v1/session/login", user, bearer(access_token));
    const issuedTokens = { ...bearer(access_token), "VZ-M2M-Token": String(session.body.sessionToken) };
    const headers = await prepare(issuedTokens);
    return [
      await call(origin, "GET", path, undefined, headers as object),
      await call(origin, "POST", "/api/m2m/v1/session/logout", undefined, headers as object),
    ];
  }
  type Tokens = { Authorization: string; "VZ-M2M-Token": string };
  const causes = [
    {
      cause: "that was left out",
      code: "UnifiedWebService.REQUEST_FAILED.SessionToken.Format",
      prepare: async ({ Authorization }: Tokens) => ({ Authorization }),
    },
    {
      cause: "that is not a GUID",
      code: "UnifiedWebService.REQUEST_FAILED.SessionToken.Format",
      prepare: async (tokens: Tokens) => ({ ...tokens, "VZ-M2M-Token": "made-up" }),
    },
    {
      cause: "that was never issued",
      code: "UnifiedWebService.INPUT_INVALID.SessionToken.Invalid",
      prepare: async (tokens: Tokens) => ({
        ...tokens,
        "VZ-M2M-Token": "00000000-0000-4000-8000-000000000000",
      }),
    },
    {
      cause: "that was logged out",
      code: "UnifiedWebService.INPUT_INVALID.SessionToken.Invalid",
      prepare: async (tokens: Tokens, origin: string) => {
        await call(origin, "POST", "/api/m2m/v1/session/logout", undefined, tokens);
        return tokens;
      },
    },
    {
      cause: "that has expired",
      code: "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired",
      prepare: async (tokens: Tokens, origin: string) => {
        await call(origin, "POST", "/mock/clock", { advanceMs: minutes(20) });
        return tokens;
      },
    },
    {
      cause: "that has expired, after another login",
      code: "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired",
      prepare: async (tokens: Tokens, origin: string) => {
        await call(origin, "POST", "/mock/clock", { advanceMs: minutes(30) });
        const { Authorization } = tokens;
        await call(origin, "POST", "/api/m2m/v1/session/login", user, { Authorization });
        return tokens;
      },
    },
  ];
  beforeEach(() => Promise.all([gateway.mock.reset(), platform.mock.reset()]));

  test.each(causes)("$cause is refused by the platform with 400 $code", async ({ code, prepare }) => {
    const responses = await getResponses(platform, (tokens) => prepare(tokens, platform.origin));
    for (const response of responses)
      expect(response).toMatchObject({ status: 400, body: { errorCode: code } });
  });

  test.each(causes)("$cause is refused by the gateway with 401", async ({ prepare }) => {
    const responses = await getResponses(gateway, (tokens) => prepare(tokens, gateway.origin));
    for (const response of responses) {
      expect(response).toMatchObject({
        status: 401,
        body: { fault: { code: expect.stringMatching(/^90090[12]$/) } },
      });
    }
  });

  test("A bad access token gets the gateway's fault, whatever the session token is", async () => {
    for (const [headers, code] of [
      [{}, "900902"],
      [{ "VZ-M2M-Token": "made-up" }, "900902"],
      [{ Authorization: "any", "VZ-M2M-Token": "made-up" }, "900901"],
      [{ ...bearer("made-up"), "VZ-M2M-Token": "made-up" }, "900901"],
      [bearer("made-up"), "900901"],
    ] as const) {
      const response = await call(platform.origin, "GET", path, undefined, headers);
      expect(response).toMatchObject({ status: 401, body: { fault: { code } } });
    }
  });

  test("Without strict authentication only a missing session token is refused", async () => {
    const lenient = await createMock({ sessionErrors: "platform" });
    const list = (headers: Record<string, string>) =>
      lenient.fetch(new Request(`http://mock${path}`, { headers }));
    expect((await list({ Authorization: "Bearer any", "VZ-M2M-Token": "any" })).status).toBe(200);
    const refused = await list({ Authorization: "Bearer any" });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errorCode: expect.stringContaining(".SessionToken.") });
    await lenient.close();
  });
});

test("A user may access only its own accounts, and * means every account", async () => {
  const foreign = "/api/fota/v1/callbacks/0000000009-00001";
  const refused = await list(await bothTokens(), foreign);
  expect(refused).toMatchObject({ status: 400, body: { errorMessage: expect.stringMatching(/^account: /) } });
  const admin = await bothTokens({ username: "admin", password: "change-me" });
  expect((await list(admin, foreign)).status).toBe(200);
});

test("A missing access token and a missing session token have different errors", async () => {
  expect((await list({})).body.fault.description).toContain("both headers");
});

describe("a wrong configuration is refused with line and reason:", () => {
  test.each([
    ["an alias of nothing", "applications: *x\nusers: []\n", /config\.yaml.*: Unresolved alias/],
    ["not YAML", "applications: [", /config\.yaml:1: /],
    [
      "an unknown member",
      "applications:\n  - {key: a, secret: b}\nuser: []\nusers: []\n",
      /config\.yaml:1: the file must NOT have additional properties \("user"\)/,
    ],
    [
      "a wrong type",
      "applications:\n  - key: a\n    secret: 5\nusers: []\n",
      /config\.yaml:3: applications\.0\.secret must be string/,
    ],
    [
      "no users",
      "applications:\n  - key: a\n    secret: b\nusers: []\n",
      /config\.yaml:4: users must NOT have fewer than 1 items/,
    ],
    [
      "several mistakes, all of them",
      "applications:\n  - key: a\nusers:\n  - username: u\n    password: p\n",
      /config\.yaml:2: applications\.0 .*'secret'\.\n.*config\.yaml:4: users\.0 .*'accounts'\./,
    ],
    [
      "a key that is there twice",
      "applications:\n  - {key: a, secret: b}\n  - {key: a, secret: c}\nusers:\n  - {username: u, password: p, accounts: []}\n",
      /config\.yaml:3: applications\.1\.key is the same as applications\.0\.key\./,
    ],
    [
      "a username that is there twice",
      "applications:\n  - {key: a, secret: b}\nusers:\n  - {username: u, password: p, accounts: []}\n  - {username: u, password: q, accounts: []}\n",
      /config\.yaml:5: users\.1\.username is the same as users\.0\.username\./,
    ],
  ])("%s", async (_what, text, reason) => {
    const folder = mkdtempSync(join(tmpdir(), "mock-config-"));
    const file = join(folder, "config.yaml");
    writeFileSync(file, text);
    await expect(createMock({ auth: "strict", config: file })).rejects.toThrow(reason);
    rmSync(folder, { recursive: true });
  });

  test("A missing file", async () => {
    await expect(createMock({ auth: "strict", config: "none.yaml" })).rejects.toThrow(
      /config cannot be read: ENOENT.*none\.yaml/,
    );
  });

  test("Strict authentication without a file", async () => {
    await expect(createMock({ auth: "strict" })).rejects.toThrow(/auth strict needs a config file or a seed/);
  });
});
