import { describe, expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call } from "./call.ts";
import { tokens, useServer } from "./server.ts";

const v1 = `/api/fota/v1/callbacks/${account}`;
const v2 = `/api/fota/v2/callbacks/${account}`;

describe("faults", () => {
  const server = useServer();
  const fault = async (body: object) => {
    await server.mock.reset();
    expect((await call(server.origin, "POST", "/mock/faults", body)).status).toBe(200);
  };
  const list = (path = v1) => call(server.origin, "GET", path);

  test("A fault sends a status with the API's error body and Retry-After, a number of times", async () => {
    await fault({ api: "v1", status: 503, retryAfter: 7, times: 1 });
    const hit = await fetch(server.origin + v1, { headers: tokens });
    expect(hit.status).toBe(503);
    expect(hit.headers.get("Retry-After")).toBe("7");
    expect(await hit.json()).toMatchObject({ errorCode: "SERVICE_UNAVAILABLE" });
    expect((await list()).status).toBe(200);
  });

  test("A fault matches by API, operation and account", async () => {
    await fault({ api: "v2", operationId: "updateCallback", account, status: 500 });
    const put = (path: string) => call(server.origin, "PUT", path, { url: "https://example.com" });
    expect((await put(v2)).status).toBe(500);
    expect((await put("/api/fota/v2/callbacks/other")).status).toBe(200);
    expect((await list(v2)).status).toBe(200);
    expect((await list(v1)).status).toBe(200);
  });

  test("A fault with a documented status has the documented body", async () => {
    await fault({ api: "v1", status: 401, times: 1 });
    expect(await list()).toMatchObject({ status: 401, body: { fault: { code: "900902" } } });
  });

  test("A fault of an OAuth operation has the OAuth error body", async () => {
    await fault({ api: "auth", status: 500 });
    const body = new URLSearchParams({ grant_type: "client_credentials" });
    const headers = { Authorization: "Basic YTpi" };
    const hit = await fetch(`${server.origin}/api/ts/v1/oauth2/token`, { method: "POST", body, headers });
    expect(await hit.json()).toMatchObject({ error: "server_error" });
  });

  test("A fault drops the connection", async () => {
    await fault({ drop: true, times: 1 });
    await expect(list()).rejects.toThrow();
    const { requests } = (await call(server.origin, "GET", "/mock/requests")).body;
    expect(requests).toEqual([expect.not.objectContaining({ status: expect.anything() })]);
    expect((await list()).status).toBe(200);
  });

  test("A fault sends a body that is not JSON", async () => {
    await fault({ malformed: true });
    const hit = await fetch(server.origin + v1, { headers: tokens });
    expect(hit.status).toBe(200);
    await expect(hit.json()).rejects.toThrow(SyntaxError);
  });

  test.each([
    { what: "an object", body: { errorCode: "a.SessionToken.b" }, type: "application/json; charset=utf-8" },
    { what: "null", body: null, type: "application/json; charset=utf-8" },
    { what: "false", body: false, type: "application/json; charset=utf-8" },
    { what: "an array", body: [1], type: "application/json; charset=utf-8" },
    { what: "a text", body: "<html>Bad gateway</html>", type: "text/plain; charset=utf-8" },
    { what: "an empty text", body: "", type: "text/plain; charset=utf-8" },
  ])("A fault sends $what as the body", async ({ body, type }) => {
    await fault({ status: 400, body, retryAfter: 3 });
    const hit = await fetch(server.origin + v1, { headers: tokens });
    expect(hit.status).toBe(400);
    expect(hit.headers.get("Content-Type")).toBe(type);
    expect(hit.headers.get("Retry-After")).toBe("3");
    expect(await hit.text()).toBe(typeof body === "string" ? body : JSON.stringify(body));
    expect((await call(server.origin, "GET", "/mock/faults")).body).toMatchObject([{ body }]);
  });

  test("A fault with only a body sends it with 200", async () => {
    await fault({ body: { access_token: "any", expires_in: "3600" }, times: 1 });
    expect(await list()).toEqual({ status: 200, body: { access_token: "any", expires_in: "3600" } });
    expect(await list()).toEqual({ status: 200, body: [] });
  });

  test("The body of a fault has a size limit", async () => {
    await fault({ status: 500, body: "x".repeat(65_534) });
    for (const body of ["x".repeat(65_535), ["ü".repeat(32_767)]]) {
      const refused = await call(server.origin, "POST", "/mock/faults", { status: 500, body });
      expect(refused).toMatchObject({
        status: 400,
        body: { errorMessage: "body: must have at most 65536 bytes." },
      });
    }
  });

  test("There are at most a thousand faults", async () => {
    await server.mock.reset();
    const add = () => call(server.origin, "POST", "/mock/faults", { operationId: "logOut", status: 500 });
    for (let count = 0; count < 1_000; count += 1) {
      const added = await server.mock.fetch(
        new Request("http://localhost/mock/faults", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: '{"operationId":"logOut","status":500}',
        }),
      );
      expect(added.status).toBe(200);
    }
    expect(await add()).toMatchObject({
      status: 400,
      body: { errorMessage: expect.stringMatching(/^fault: there are 1000 already/) },
    });
    await server.mock.reset();
    expect((await add()).status).toBe(200);
  });

  test("A fault with only a delay delays the normal response", async () => {
    await fault({ delayMs: 50 });
    const begin = performance.now();
    expect((await list()).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(45);
  });

  test("A fault with a share matches every nth call", async () => {
    await fault({ status: 500, share: 0.5 });
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await list()).status);
    expect(statuses).toEqual([200, 500, 200, 500, 200, 500]);
  });

  test("A fault with a share of 0 matches no call", async () => {
    await fault({ status: 500, share: 0 });
    expect([(await list()).status, (await list()).status]).toEqual([200, 200]);
  });

  test("Faults are listed and cleared, and an invalid fault is refused by the name of its member", async () => {
    await fault({ status: 500 });
    expect((await call(server.origin, "GET", "/mock/faults")).body).toMatchObject([{ status: 500 }]);
    expect((await call(server.origin, "DELETE", "/mock/faults")).body).toEqual([]);
    for (const [wrong, message] of [
      [{}, /^body: must have one of status, delayMs, drop, malformed, body, sequence\.$/],
      [{ drop: true, body: "x" }, /^body: must not be given with drop\.$/],
      [{ malformed: true, body: "x" }, /^body: must not be given with malformed\.$/],
      [{ status: 500, operationId: "nope" }, /^operationId: must be one of listRegisteredCallbacks/],
      [{ status: 500, share: -0.5 }, /^share: must be >= 0/],
      [{ drop: false }, /^drop: /],
      [{ status: 200 }, /^status: must be >= 400/],
      [{ stauts: 500, status: 500 }, /^stauts: is not known/],
    ] as const) {
      const refused = await call(server.origin, "POST", "/mock/faults", wrong);
      expect(refused).toMatchObject({ status: 400, body: { errorMessage: expect.stringMatching(message) } });
    }
  });
});

test("The state and the deliveries show a registered URL without its user and password", async () => {
  const mock = await createMock();
  const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  const url = "https://me:hunter2@127.0.0.1:1/fota?token=hunter2";
  await call(origin, "POST", v1, { name: "Fota", url });
  await call(origin, "POST", "/mock/events", { api: "v1", account, type: "upgradeScheduled" });
  const { body: state } = await call(origin, "GET", "/mock/state");
  const { body: deliveries } = await call(origin, "GET", "/mock/deliveries");
  await mock.close();
  const shown = "https://[redacted]@127.0.0.1:1/fota?token=[redacted]";
  expect(state.registrations).toMatchObject([{ url: shown }]);
  expect(deliveries.deliveries).toMatchObject([{ url: shown }]);
});

describe("the journal", () => {
  const server = useServer();
  const journal = async () => (await call(server.origin, "GET", "/mock/requests")).body;

  test("The journal shows requests without tokens and passwords", async () => {
    const body = { name: "Fota", url: "https://example.com", username: "u", password: 'hunt"er2' };
    await call(server.origin, "POST", v1, body, {
      Authorization: "Bearer t0ps3cret",
      "VZ-M2M-Token": "t0ps3cret",
    });
    await call(server.origin, "POST", "/api/m2m/v1/session/login", { username: "u", password: "hunter2" });
    await fetch(`${server.origin}/nowhere`);
    const { requests, total } = await journal();
    expect(total).toBe(3);
    expect(requests.map(({ url, status }: { url: string; status: number }) => [url, status])).toEqual([
      ["/nowhere", 404],
      ["/api/m2m/v1/session/login", 200],
      [v1, 200],
    ]);
    expect(requests[2].headers).toMatchObject({ authorization: "[redacted]", "vz-m2m-token": "[redacted]" });
    expect(requests[2].body).toContain('"url":"https://example.com"');
    for (const secret of ["t0ps3cret", "hunt", "er2"]) expect(JSON.stringify(requests)).not.toContain(secret);
  });

  test("The journal says why a request was refused, without what the response may show of its secrets", async () => {
    await server.mock.reset();
    await call(server.origin, "POST", v1, { name: "Fota", url: "no URL" });
    const refused = await call(server.origin, "POST", v1, { name: "Fota", url: "https://u:t0ps3cret@" });
    await call(server.origin, "GET", v1);
    const { requests } = await journal();
    expect(requests.map(({ status }: { status: number }) => status)).toEqual([200, 400, 400]);
    expect(requests[0].refusal).toBeUndefined();
    expect(JSON.parse(requests[1].refusal)).toMatchObject({ errorCode: refused.body.errorCode });
    expect(JSON.parse(requests[2].refusal).errorMessage).toContain("url");
    expect(JSON.stringify(requests)).not.toContain("t0ps3cret");
  });

  test("The journal hides a password in a body that is incomplete or not JSON", async () => {
    await server.mock.reset();
    const headers = { ...tokens, "Content-Type": "application/json" };
    for (const body of [
      `{"name":"${"x".repeat(1_960)}","password":"hunter2hunter2hunter2hunter2"}`,
      '{"password": "hunter2',
      '{"password":"hunter2",}',
    ]) {
      await fetch(server.origin + v1, { method: "POST", headers, body });
    }
    expect(JSON.stringify(await journal())).not.toContain("hunter2");
  });

  test("The journal hides secrets in URLs, other headers, and every spelling of a member", async () => {
    await server.mock.reset();
    const headers = {
      ...tokens,
      "X-Api-Key": "k3y",
      "Proxy-Authorization": "Basic k3y",
      "Content-Type": "application/json",
    };
    for (const body of [
      '{"name":"Fota","url":"http://user:k3y@example.com/x?token=k3y&a=b"}',
      '{"pass\\u0077ord":"k3y","password":1234567}',
      '{"password":1234567,',
    ]) {
      await fetch(`${server.origin}${v1}?access_token=k3y`, { method: "POST", headers, body });
    }
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const revoke = { method: "POST", headers: { Authorization: "Basic YTpi" }, body: `${form}&%74oken=k3y` };
    await fetch(`${server.origin}/api/ts/v1/oauth2/revoke`, {
      ...revoke,
      headers: { ...revoke.headers, "Content-Type": "application/x-www-form-urlencoded" },
    });
    const { requests, total } = await journal();
    expect(total).toBe(4);
    for (const secret of ["k3y", "1234567"]) expect(JSON.stringify(requests)).not.toContain(secret);
    expect(JSON.stringify(requests)).toContain("a=b");
  });

  test("The journal hides a secret beside its name, and tokens and passwords in paths", async () => {
    await server.mock.reset();
    const login = { username: "u", password: "hunter2" };
    const { body: session } = await call(server.origin, "POST", "/api/m2m/v1/session/login", login);
    const headers = { ...tokens, "Content-Type": "application/json" };
    const body = '[{"name":"password","value":"hunter2"},["password","hunter2"]]';
    await fetch(server.origin + v1, { method: "POST", headers, body });
    for (const path of [session.sessionToken, btoa("u:hunter2"), "password/hunter2"]) {
      await fetch(`${server.origin}/logout/${path}`);
      await fetch(`${server.origin}/api/fota/v2/callbacks/${path}`, { headers: tokens });
    }
    const { requests, total } = await journal();
    expect(total).toBe(8);
    for (const secret of [session.sessionToken, btoa("u:hunter2"), "hunter2"]) {
      expect(JSON.stringify(requests)).not.toContain(secret);
    }
  });

  test("The journal keeps the last thousand requests", async () => {
    await server.mock.reset();
    for (let count = 0; count < 1_005; count += 1) {
      await server.mock.fetch(
        new Request(`http://mock/api/fota/v2/callbacks/a${count}`, { headers: tokens }),
      );
    }
    const { requests, total } = (await call(server.origin, "GET", "/mock/requests?limit=1000")).body;
    expect(total).toBe(1_000);
    expect(requests[0].url).toBe("/api/fota/v2/callbacks/a1004");
    expect(requests.at(-1).url).toBe("/api/fota/v2/callbacks/a5");
  });
});

describe("the state", () => {
  const server = useServer();

  test("A state is loaded, shown without passwords, and forgotten", async () => {
    const registration = { api: "v1", account, url: "http://127.0.0.1:9/x", username: "u" };
    const loaded = { registrations: [{ ...registration, password: "hunter2" }] };
    expect((await call(server.origin, "PUT", "/mock/state", loaded)).body).toEqual({
      registrations: [registration],
    });
    expect((await call(server.origin, "GET", v1)).body).toMatchObject([{ url: registration.url }]);
    expect((await call(server.origin, "DELETE", "/mock/state")).body).toEqual({ registrations: [] });
    expect((await call(server.origin, "GET", v1)).body).toEqual([]);
  });

  test("An invalid state does not replace the current one", async () => {
    await call(server.origin, "PUT", v2, { url: "https://example.com" });
    const refused = await call(server.origin, "PUT", "/mock/state", { registrations: [{ api: "v9" }] });
    expect(refused).toMatchObject({
      status: 400,
      body: { errorMessage: expect.stringMatching(/registrations\.0\.api: .*v1, v2/) },
    });
    expect((await call(server.origin, "GET", v2)).body).toEqual({ url: "https://example.com" });
  });

  test("A loaded state accepts what each generation accepts, with one registration per name and account", async () => {
    const url = "http://example.com/x";
    const registrations = [
      { api: "v1", account, url },
      { api: "v1", account: "short", url },
      { api: "v2", account, url },
      { api: "v2", account, url: "http://127.0.0.1:9/x" },
    ];
    const { status, body } = await call(server.origin, "PUT", "/mock/state", { registrations });
    expect(status).toBe(400);
    expect(body.errorMessage).toMatch(
      /^registrations\.1\.account: must be .* registrations\.2\.url: must be an absolute https URL.*loopback.* registrations\.3\.account: is the same as in registrations\.2\.$/,
    );
  });

  test("A state may contain many registrations", async () => {
    const registrations = Array.from({ length: 5_000 }, (_, index) => ({
      api: "v1",
      account: `${String(index).padStart(10, "0")}-00001`,
      url: "https://example.com/a-listener",
    }));
    const { status, body } = await call(server.origin, "PUT", "/mock/state", { registrations });
    expect(status).toBe(200);
    expect(body).toEqual({ registrations });
    await server.mock.reset();
  });
});

describe("control operations", () => {
  const server = useServer({ controlToken: "open-sesame" });
  const off = useServer({ control: false });
  const open = useServer();
  const get = (origin: string, headers: Record<string, string>) =>
    call(origin, "GET", "/mock/state", undefined, headers);

  test("Control operations require the control token when one is set", async () => {
    const header = "Mock-Control-Token";
    expect(await get(server.origin, {})).toMatchObject({ status: 401, body: { errorCode: "UNAUTHORIZED" } });
    expect((await get(server.origin, { [header]: "wrong" })).status).toBe(401);
    expect((await get(server.origin, { [header]: "open-sesame" })).status).toBe(200);
  });

  test("Control operations can be disabled", async () => {
    const answer = await get(off.origin, {});
    expect(answer).toMatchObject({ status: 404, body: { errorCode: "NOT_FOUND" } });
    expect(answer.body.errorMessage).not.toContain("getState");
  });

  test.each([
    ["a page of another origin", { Origin: "http://evil.test" }],
    ["a page without an origin", { Origin: "null" }],
    ["a cross-site request", { "Sec-Fetch-Site": "cross-site" }],
  ])("Control operations are refused to %s", async (_who, headers) => {
    expect((await open.mock.fetch(new Request("http://localhost/mock/state", { headers }))).status).toBe(403);
  });

  test("Control operations are refused under a foreign host name, as after DNS rebinding", async () => {
    const rebound = await open.mock.fetch(
      new Request("http://localhost/mock/state", { headers: { Host: "evil.test" } }),
    );
    expect(rebound.status).toBe(403);
  });

  test("A server beyond loopback requires a control token", async () => {
    await expect(open.mock.listen({ host: "0.0.0.0", port: 0 })).rejects.toThrow(/^controlToken /);
  });
});
