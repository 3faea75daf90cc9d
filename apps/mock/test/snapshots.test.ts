import { afterEach, expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const path = `/api/fota/v1/callbacks/${account}`;
const server = useServer({ sender: "documented" });
const control = (method: string, url: string, body?: unknown) =>
  call(server.origin, method, `/mock${url}`, body, {});
afterEach(async () => {
  await server.mock.reset();
  // A reset leaves snapshots, which are what to return to after it.
  for (const { name } of (await control("GET", "/snapshots")).body.snapshots) {
    await control("DELETE", `/snapshots/${name}`);
  }
});

test("A snapshot brings back everything: registrations, tokens, deliveries, faults, the clock and the journal", async () => {
  const listener = await listen(503);
  await call(server.origin, "POST", path, { name: "Fota", url: listener.url, username: "u", password: "p" });
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  await expect.poll(() => listener.messages.length).toBe(1);
  await control("PUT", "/clock", { now: "2030-01-01T00:00:00Z", frozen: true });
  await control("POST", "/faults", { status: 503, times: 2 });
  const read = async () => ({
    state: (await control("GET", "/state")).body,
    deliveries: (await control("GET", "/deliveries")).body,
    faults: (await control("GET", "/faults")).body,
    clock: (await control("GET", "/clock")).body.now,
    requests: (await control("GET", "/requests")).body.requests.map(
      ({ id, ...rest }: { id: number }) => rest,
    ),
  });
  const before = await read();
  expect((await control("POST", "/snapshots", { name: "one" })).body.snapshots).toMatchObject([
    { name: "one" },
  ]);
  await control("DELETE", "/state");
  await call(server.origin, "GET", path);
  expect((await control("POST", "/snapshots/one/restore")).status).toBe(200);
  expect(await read()).toEqual(before);
  // What was pending is sent when it is due, with the password.
  await control("POST", "/clock", { advanceMs: 5 * 60_000 });
  await server.mock.idle();
  await listener.close();
  expect(listener.messages[1]).toMatchObject({ username: "u", password: "p" });
});

test("A snapshot can be taken to another mock", async () => {
  await call(server.origin, "POST", path, { name: "Fota", url: "https://example.com" });
  await control("POST", "/snapshots", { name: "one" });
  const snapshot = (await control("GET", "/snapshots/one")).body;
  const other = await createMock();
  const origin = await other.listen({ host: "127.0.0.1", port: 0 });
  expect((await call(origin, "PUT", "/mock/snapshots/two", snapshot, {})).status).toBe(200);
  expect((await call(origin, "POST", "/mock/snapshots/two/restore", undefined, {})).status).toBe(200);
  expect((await call(origin, "GET", path)).body).toMatchObject([{ url: "https://example.com" }]);
  await other.close();
});

test("A snapshot can be deleted, and there are 20 at most", async () => {
  for (let count = 0; count < 20; count += 1) {
    expect((await control("POST", "/snapshots", { name: `s${count}` })).status).toBe(200);
  }
  expect(await control("POST", "/snapshots", { name: "another" })).toMatchObject({
    status: 400,
    body: { errorMessage: "name: there are 20 snapshots already; delete one." },
  });
  expect((await control("POST", "/snapshots", { name: "s3" })).status).toBe(200);
  for (let count = 0; count < 20; count += 1) await control("DELETE", `/snapshots/s${count}`);
  expect((await control("GET", "/snapshots")).body).toEqual({ snapshots: [] });
});

const empty = {
  version: 1,
  registrations: [],
  tokens: { accessTokens: [], sessions: [], failedLogins: [] },
  deliveries: [],
  faults: [],
  clock: {},
  requests: [],
};
const session = { token: "t", username: "u", usedAt: 1 };
const delivery = {
  id: 1,
  api: "v2",
  account,
  url: "http://127.0.0.1:1/",
  type: "t",
  message: "{}",
  status: "delivered",
  acceptedAt: 1,
  dueInMs: 0,
  attempts: [],
};

test.each([
  {
    what: "of another version",
    body: { ...empty, version: 2 },
    message: /^version: must be equal to .*: 1\.$/,
  },
  { what: "without clock", body: { ...empty, clock: undefined }, message: /^clock: is required\.$/ },
  {
    what: "with a registration that could not be made",
    body: { ...empty, registrations: [{ api: "v2", account, url: "http://192.0.2.1/" }] },
    message: /^registrations\.0\.url: must be/,
  },
  {
    what: "with a session that is there twice",
    body: { ...empty, tokens: { ...empty.tokens, sessions: [session, session] } },
    message: /^tokens\.sessions\.token: must not have the same value twice\.$/,
  },
  {
    what: "with a fault that does nothing",
    body: { ...empty, faults: [{}] },
    message: /^faults\.0\.body: must have one of status,/,
  },
])("A snapshot $what is refused, and nothing is kept", async ({ body, message }) => {
  expect(await control("PUT", "/snapshots/bad", body)).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
  expect((await control("POST", "/snapshots/bad/restore")).body.errorMessage).toBe(
    "name: there is no snapshot bad in the space default.",
  );
});

test.each([
  { member: "id", value: 0, message: /^deliveries\.0\.id: must be >= 1/ },
  { member: "id", value: 2 ** 60, message: /^deliveries\.0\.id: must be <= \d+/ },
  { member: "repeats", value: 1e300, message: /^deliveries\.0\.repeats: must be <= \d+/ },
  { member: "acceptedAt", value: 1e17, message: /^deliveries\.0\.acceptedAt: must be <= \d+/ },
  { member: "dueInMs", value: 1e300, message: /^deliveries\.0\.dueInMs: must be <= \d+/ },
  { member: "message", value: "no JSON", message: /^deliveries\.0\.message: must be a JSON object/ },
  { member: "message", value: "[]", message: /^deliveries\.0\.message: must be a JSON object/ },
])("A delivery with the $member $value is refused in a snapshot", async ({ member, value, message }) => {
  const body = { ...empty, deliveries: [{ ...delivery, [member]: value }] };
  expect(await control("PUT", "/snapshots/bad", body)).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
});

test("Deliveries and a clock with the largest numbers of a snapshot are restored, listed and sent", async () => {
  const listener = await listen();
  const latest = 8_640_000_000_000_000;
  const deliveries = [
    { ...delivery, id: 1e12 - 1, acceptedAt: latest, dueInMs: 1e15, repeats: 1e12, status: "pending" },
    { ...delivery, id: 1e12, account: "due", url: listener.url, dueInMs: -1e15, status: "pending" },
  ];
  const body = { ...empty, deliveries, clock: { aheadMs: 3_155_760_000_000 } };
  expect((await control("PUT", "/snapshots/large", body)).status).toBe(200);
  expect((await control("POST", "/snapshots/large/restore")).status).toBe(200);
  const path = "/deliveries?status=delivered&wait=10s";
  expect((await control("GET", path)).body.deliveries).toMatchObject([{ id: 1e12 }]);
  expect((await control("GET", "/deliveries?status=pending")).body.deliveries).toMatchObject([
    { id: 1e12 - 1, acceptedAt: new Date(latest).toISOString() },
  ]);
  await listener.close();
});

test("A name that is no name is refused", async () => {
  expect((await control("POST", "/snapshots", { name: "a b" })).body.errorMessage).toMatch(
    /^name: must be 1 to 63 letters, digits,/,
  );
});
