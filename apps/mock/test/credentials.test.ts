import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { createMock, type Mock } from "../src/mock.ts";

const config = fileURLToPath(new URL("../config/mock-config.example.yaml", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mock-credentials-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (text: string) => {
  const file = join(folder, "seed.yaml");
  writeFileSync(file, text);
  return file;
};

let mock: Mock;
afterEach(() => mock.close());

const application = { key: "seed-key", secret: "seed-secret" };
const user = { username: "trillian", password: "white mice", accounts: ["0000123456-00001"] };
const configured = {
  application: { key: "example-key", secret: "example-secret" },
  user: { username: "zbeeblebrox", password: "IMgr8" },
};

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await mock.fetch(`http://localhost${path}`, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

/** Requests an access token. */
async function requestToken({ key, secret }: typeof application, headers: Record<string, string> = {}) {
  const response = await mock.fetch("http://localhost/api/ts/v1/oauth2/token", {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(`${key}:${secret}`)}`, ...headers },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  return { status: response.status, bearer: { Authorization: `Bearer ${access_token}` } };
}

/** Returns the statuses of a token request and of a login with its token. */
async function logIn(by: typeof application, { username, password }: { username: string; password: string }) {
  const { status, bearer } = await requestToken(by);
  const login = await call("POST", "/api/m2m/v1/session/login", { username, password }, bearer);
  return {
    token: status,
    login: login.status,
    headers: { ...bearer, "VZ-M2M-Token": login.body.sessionToken },
  };
}

describe("applications and users of a state", () => {
  test("A seed alone has the applications and users of strict authentication", async () => {
    const seed = write(JSON.stringify({ registrations: [], applications: [application], users: [user] }));
    mock = await createMock({ auth: "strict", seed });
    const { token, login, headers } = await logIn(application, user);
    expect({ token, login }).toEqual({ token: 200, login: 200 });
    const list = (account: string) => call("GET", `/api/fota/v1/callbacks/${account}`, undefined, headers);
    expect((await list("0000123456-00001")).status).toBe(200);
    expect((await list("0242078689-00001")).body).toMatchObject({ errorCode: "INVALID_PARAMETER" });
    expect((await requestToken(configured.application)).status).toBe(401);
  });

  test("A loaded state replaces those of the configuration until the state is reset", async () => {
    mock = await createMock({ auth: "strict", config });
    const state = { registrations: [], applications: [application], users: [user] };
    expect((await call("PUT", "/mock/state", state)).status).toBe(200);
    expect((await requestToken(configured.application)).status).toBe(401);
    expect(await logIn(application, user)).toMatchObject({ token: 200, login: 200 });
    await call("DELETE", "/mock/state");
    expect((await requestToken(application)).status).toBe(401);
    expect(await logIn(configured.application, configured.user)).toMatchObject({ token: 200, login: 200 });
  });

  test("A list that a loaded state leaves out is that of the configuration", async () => {
    mock = await createMock({ auth: "strict", config });
    await call("PUT", "/mock/state", { registrations: [], users: [user] });
    expect(await logIn(configured.application, user)).toMatchObject({ token: 200, login: 200 });
  });

  test("A snapshot has them, and the responses of the state do not", async () => {
    mock = await createMock({ auth: "strict", config });
    const loaded = await call("PUT", "/mock/state", {
      registrations: [],
      applications: [application],
      users: [user],
    });
    expect(loaded.body).toEqual({ registrations: [] });
    await call("POST", "/mock/snapshots", { name: "seeded" });
    await call("DELETE", "/mock/state");
    await call("POST", "/mock/snapshots/seeded/restore");
    expect(await logIn(application, user)).toMatchObject({ token: 200, login: 200 });
  });

  test("Spaces have their own", async () => {
    mock = await createMock({ auth: "strict", config });
    await call(
      "PUT",
      "/mock/state",
      { registrations: [], applications: [application] },
      { "X-Mock-Space": "a" },
    );
    expect((await requestToken(application, { "X-Mock-Space": "a" })).status).toBe(200);
    expect((await requestToken(application)).status).toBe(401);
  });

  test.each([
    { member: "applications.1.key", state: { applications: [application, application] } },
    { member: "users.1.username", state: { users: [user, user] } },
    { member: "applications.0.key", state: { applications: [{ key: "a:b", secret: "s" }] } },
    { member: "users.0.accounts", state: { users: [{ username: "u", password: "p" }] } },
  ])("A state is rejected because of $member, and nothing changes", async ({ member, state }) => {
    mock = await createMock({ auth: "strict", config });
    const refused = await call("PUT", "/mock/state", { registrations: [], ...state });
    expect(refused.status).toBe(400);
    expect(refused.body.errorMessage).toContain(`${member}:`);
    expect((await requestToken(configured.application)).status).toBe(200);
  });

  test("Lenient authentication rejects them by name, in a state, in a snapshot and in a seed", async () => {
    mock = await createMock();
    const refusal = { status: 400, body: { errorMessage: "users: is for --auth strict only." } };
    expect(await call("PUT", "/mock/state", { registrations: [], users: [user] })).toMatchObject(refusal);
    await call("POST", "/mock/snapshots", { name: "empty" });
    const snapshot = (await call("GET", "/mock/snapshots/empty")).body;
    expect(await call("PUT", "/mock/snapshots/more", { ...snapshot, users: [user] })).toMatchObject(refusal);
    const seed = write(JSON.stringify({ users: [user] }));
    await expect(createMock({ seed })).rejects.toThrow(/seed.yaml:1: users: is for --auth strict only/);
  });

  test("Strict authentication needs both lists", async () => {
    mock = await createMock();
    const seed = write(JSON.stringify({ users: [user] }));
    await expect(createMock({ auth: "strict", seed })).rejects.toThrow(/needs applications and users/);
  });
});
