import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const server = useServer({ retryPausesMs: [1, 2, 3] });
let listener: Awaited<ReturnType<typeof listen>>;
beforeEach(async () => {
  await server.mock.reset();
  listener = await listen();
});
afterEach(() => listener.close());

const register = (url: string, of = account) =>
  call(server.origin, "POST", `/api/fota/v1/callbacks/${of}`, {
    name: "Fota",
    url,
    username: "u",
    password: "hunter2",
  });
const registerV2 = (url: string) => call(server.origin, "PUT", `/api/fota/v2/callbacks/${account}`, { url });
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});

test("A delivery names the one of another generation that it waits behind, and when that is attempted next", async () => {
  const { now } = (await control("PUT", "/clock", { frozen: true })).body;
  await register("http://127.0.0.1:1/");
  await registerV2(listener.url);
  await control("POST", "/events", { api: "v1", account, type: "t" });
  await control("POST", "/events", { api: "v2", account, type: "t" });
  const list = async () => (await control("GET", "/deliveries")).body.deliveries;
  await expect.poll(async () => (await list())[1].attempts).toHaveLength(1);
  const [second, first] = await list();
  const nextAttemptAt = new Date(Date.parse(now) + 1).toISOString();
  expect(first).toMatchObject({ api: "v1", status: "pending", nextAttemptAt });
  expect(first).not.toHaveProperty("waitsBehind");
  expect(second).toMatchObject({
    api: "v2",
    status: "pending",
    attempts: [],
    waitsBehind: { id: first.id, api: "v1", nextAttemptAt },
  });
  expect(second).not.toHaveProperty("nextAttemptAt");
  await control("PUT", "/clock", { frozen: false });
  await server.mock.idle();
  const finished = await list();
  expect(finished).toMatchObject([{ status: "delivered" }, { status: "failed" }]);
  for (const delivery of finished) {
    expect(delivery).not.toHaveProperty("waitsBehind");
    expect(delivery).not.toHaveProperty("nextAttemptAt");
  }
});

describe("an event", () => {
  test("An event is sent to the registered URL with the username and password of the registration", async () => {
    await register(listener.url);
    const sent = await control("POST", "/events", { api: "v1", account, type: "upgradeScheduled" });
    expect(sent).toMatchObject({ status: 202, body: { deliveries: [expect.any(Number)] } });
    await server.mock.idle();
    expect(listener.messages).toEqual([
      expect.objectContaining({
        accountName: account,
        type: "upgradeScheduled",
        username: "u",
        password: "hunter2",
        firmwareList: [],
        upgradeScheduled: expect.objectContaining({ upgradeId: expect.any(String) }),
      }),
    ]);
    const { deliveries } = (await control("GET", "/deliveries")).body;
    expect(deliveries).toMatchObject([
      { status: "delivered", url: listener.url, attempts: [{ status: 204 }] },
    ]);
    const { requests } = (await control("GET", "/requests?limit=1")).body;
    expect(requests).toMatchObject([{ direction: "out", method: "POST", url: listener.url, status: 204 }]);
    expect(requests[0].body).toContain('"password":"[redacted]"');
    for (const shown of [deliveries, requests]) expect(JSON.stringify(shown)).not.toContain("hunter2");
  });

  test("An event of any type has the given members, in every generation", async () => {
    await register(listener.url);
    await registerV2(listener.url);
    for (const api of ["v1", "legacy", "v2"]) {
      await control("POST", "/events", { api, account, type: "somethingNew", message: { extra: api } });
    }
    await server.mock.idle();
    expect(listener.messages).toMatchObject([
      { type: "somethingNew", extra: "v1", accountName: account },
      { type: "somethingNew", extra: "legacy", accountName: account },
      { type: "somethingNew", extra: "v2" },
    ]);
    expect(listener.messages[2]).not.toHaveProperty("password");
  });

  test("An event in V2 has a type only if the request gives one", async () => {
    await registerV2(listener.url);
    await control("POST", "/events", { api: "v2", account });
    await control("POST", "/events", { api: "v2", account, message: { type: "given", id: "an-upgrade" } });
    await server.mock.idle();
    expect(listener.messages[0]).not.toHaveProperty("type");
    expect(listener.messages[0]).toHaveProperty("id");
    expect(listener.messages[1]).toMatchObject({ type: "given", id: "an-upgrade" });
    const { deliveries } = (await control("GET", "/deliveries")).body;
    expect(deliveries).toMatchObject([{ type: "given" }, { type: "" }]);
  });

  test.each([
    { api: "v1", event: {}, refusal: /^type: is required\.$/ },
    { api: "legacy", event: {}, refusal: /^type: is required\.$/ },
    { api: "v1", event: { type: "x", message: { type: {} } }, refusal: /^message\.type: must be string\.$/ },
    { api: "v2", event: { type: {} }, refusal: /^type: must be string\.$/ },
  ])("in $api with $event is refused by name", async ({ api, event, refusal }) => {
    await register(listener.url);
    await registerV2(listener.url);
    const refused = await control("POST", "/events", { api, account, ...event });
    expect(refused).toMatchObject({ status: 400, body: { errorMessage: expect.stringMatching(refusal) } });
  });

  test("An event that is nested 10,000 levels deep is rejected or sent", async () => {
    await register(listener.url);
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const body = `{"api":"v1","account":"${account}","type":"x","message":{"a":${deep}}}`;
    const headers = { "Content-Type": "application/json" };
    const sent = await fetch(`${server.origin}/mock/events`, { method: "POST", headers, body });
    expect([202, 400]).toContain(sent.status);
    await server.mock.reset();
  });

  test("An event for an account without a registration is rejected", async () => {
    const refused = await control("POST", "/events", { api: "v2", account, type: "x" });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: "CALLBACK_NOT_REGISTERED" } });
  });

  test("An event for an account that is registered in another generation or space is rejected with both names", async () => {
    await register(listener.url);
    const event = { api: "v2", account, type: "x" };
    const { errorMessage } = (await control("POST", "/events", event)).body;
    expect(errorMessage).toContain("in v2");
    expect(errorMessage).toContain("in v1 and legacy");
    const headers = { "Content-Type": "application/json", "X-Mock-Space": "team-a" };
    const body = JSON.stringify({ ...event, api: "v1" });
    const elsewhere = await fetch(`${server.origin}/mock/events`, { method: "POST", headers, body });
    expect(await elsewhere.json()).toMatchObject({
      errorMessage: expect.stringMatching(/in the space team-a\.$/),
    });
    await server.mock.reset();
  });

  test("An event is delivered after the session has ended", async () => {
    await register(listener.url);
    await call(server.origin, "POST", "/api/m2m/v1/session/logout");
    await server.mock.deliverEvent({ api: "v1", account, type: "upgradeProgress" });
    await server.mock.idle();
    expect(listener.messages).toHaveLength(1);
  });
});

describe("an upgrade", () => {
  test.each(["v1", "legacy", "v2"])("An upgrade in %s sends all its messages in order", async (api) => {
    await register(listener.url);
    await registerV2(listener.url);
    const upgrade = { api, account, devices: 3, failures: 1 };
    const { deliveries, upgradeId } = (await control("POST", "/upgrades", upgrade)).body;
    expect(deliveries).toHaveLength(2 + 2 * 3 + 1);
    expect(upgradeId).toEqual(expect.any(String));
    await server.mock.idle();
    expect(listener.messages.map(({ type }) => type)).toEqual([
      "firmwareList",
      "upgradeScheduled",
      ...Array(6).fill("upgradeProgress"),
      "upgradeFinished",
    ]);
    const words =
      api === "v2"
        ? { ended: "CampaignEnded", failed: "UpgradedFailed for UpgradePending" }
        : { ended: "Finished", failed: "UpgradeFailed" };
    const last = listener.messages.at(-1) ?? {};
    const finished = api === "v2" ? last : last["upgradeFinished"];
    expect(finished).toMatchObject({
      [api === "v2" ? "id" : "upgradeId"]: upgradeId,
      status: words.ended,
      deviceList: [{ status: "UpgradeSuccess" }, { status: "UpgradeSuccess" }, { status: words.failed }],
    });
  });

  test("An upgrade can name its devices", async () => {
    await register(listener.url);
    const deviceIds = ["a", "b"];
    await control("POST", "/upgrades", { api: "v1", account, deviceIds, failures: 1 });
    await server.mock.idle();
    expect(listener.messages.at(-1)?.["upgradeFinished"]).toMatchObject({
      deviceList: [
        { deviceId: "a", status: "UpgradeSuccess" },
        { deviceId: "b", status: "UpgradeFailed" },
      ],
    });
  });

  test("An upgrade keeps the interval between its messages", async () => {
    await register(listener.url);
    await control("POST", "/upgrades", { api: "v1", account, devices: 1, intervalMs: 20 });
    await server.mock.idle();
    const { deliveries } = (await control("GET", "/deliveries")).body;
    expect(deliveries.length).toBeGreaterThan(2);
    for (const [index, { acceptedAt, attempts }] of deliveries.toReversed().entries())
      expect(Date.parse(attempts[0].at) - Date.parse(acceptedAt)).toBeGreaterThanOrEqual(20 * index - 5);
  });

  test.each([
    [{ devices: 2, failures: 3 }, /^failures: /],
    [{ devices: 0 }, /^devices: must be >= 1/],
    [{ devices: "3" }, /^devices: must be integer\.$/],
    [{ deviceIds: [] }, /^deviceIds: must NOT have fewer than 1 items\.$/],
    [{ deviceIds: ["a", 5] }, /^deviceIds\.1: must be string\.$/],
    [{ deviceIds: ["a", "a"] }, /^deviceIds: must not have the same id twice\.$/],
    [{ deviceIds: ["a"], failures: 2 }, /^failures: must be <= devices \(1\)\.$/],
    [{ speed: 3 }, /^speed: is not known/],
  ])("%j is refused by name", async (wrong, message) => {
    await register(listener.url);
    const refused = await control("POST", "/upgrades", { api: "v1", account, ...wrong });
    expect(refused).toMatchObject({ status: 400, body: { errorMessage: expect.stringMatching(message) } });
  });
});

describe("a delivery", () => {
  test("A delivery has at most four attempts and lists each of them", async () => {
    const failing = await listen(500, 503, 302);
    await register(failing.url);
    await server.mock.deliverEvent({ api: "v1", account, type: "a" });
    await register("http://127.0.0.1:1/nobody");
    await server.mock.deliverEvent({ api: "v1", account, type: "b" });
    await server.mock.idle();
    await failing.close();
    const { deliveries } = (await control("GET", "/deliveries")).body;
    expect(deliveries[1]).toMatchObject({
      status: "delivered",
      attempts: [{ status: 500 }, { status: 503 }, { status: 302 }, { status: 204 }],
    });
    const refused = { error: "connection refused" };
    expect(deliveries[0]).toMatchObject({ status: "failed", attempts: [refused, refused, refused, refused] });
  });

  test("A delivery waits for the previous one of its account, but not for those of other accounts", async () => {
    const failing = await listen(500, 500);
    await register(failing.url);
    for (const type of ["first", "second"]) await server.mock.deliverEvent({ api: "v1", account, type });
    await server.mock.idle();
    await failing.close();
    expect(failing.messages.map(({ type }) => type)).toEqual(["first", "first", "first", "second"]);
  });

  test("Deliveries are listed by account and status, in pages", async () => {
    await register(listener.url);
    await register(listener.url, "0000000001-00001");
    for (let count = 0; count < 3; count += 1)
      await server.mock.deliverEvent({ api: "v1", account, type: `t${count}` });
    await server.mock.deliverEvent({ api: "v1", account: "0000000001-00001", type: "other" });
    await server.mock.idle();
    const page = (await control("GET", `/deliveries?account=${account}&status=delivered&limit=2&offset=1`))
      .body;
    expect(page.total).toBe(3);
    expect(page.deliveries.map(({ type }: { type: string }) => type)).toEqual(["t1", "t0"]);
    expect((await control("GET", "/deliveries?status=failed")).body.total).toBe(0);
    expect((await control("GET", "/deliveries?status=lost")).status).toBe(400);
    expect((await control("GET", "/deliveries?limit=0")).status).toBe(400);
    expect((await control("GET", "/deliveries?offset=1e30")).status).toBe(400);
    const mistyped = await control("GET", "/deliveries?acount=x");
    expect(mistyped).toMatchObject({
      status: 400,
      body: {
        errorMessage: expect.stringMatching(
          /^acount: is not known; known are api, account, type, status, text,/,
        ),
      },
    });
  });

  test("A waiting delivery is deleted with the state and does not delay later deliveries", async () => {
    await register(listener.url);
    await control("POST", "/upgrades", { api: "v1", account, devices: 1, intervalMs: 3_600_000 });
    await expect.poll(() => listener.messages.length).toBe(1);
    await control("DELETE", "/state");
    await register(listener.url);
    await server.mock.deliverEvent({ api: "v1", account, type: "afterwards" });
    await server.mock.idle();
    expect(listener.messages.map(({ type }) => type)).toEqual(["firmwareList", "afterwards"]);
  });
});
