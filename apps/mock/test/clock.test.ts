import { afterEach, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const server = useServer({ sender: "documented" });
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});
const year = 365 * 86_400_000;
afterEach(() => server.mock.reset());

test("The clock can be moved a hundred years in total, and still returns the time", async () => {
  for (let count = 0; count < 100; count++) {
    expect((await control("POST", "/clock", { advanceMs: year })).status).toBe(200);
  }
  const refused = await control("POST", "/clock", { advanceMs: year });
  expect(refused).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(/^advanceMs: must be <= \d+\.$/) },
  });
  const { aheadMs, now } = (await control("GET", "/clock")).body;
  expect(aheadMs).toBe(100 * year);
  expect(Date.parse(now)).toBeGreaterThan(Date.now() + 99 * year);
});

test.each([
  {
    what: "beside a known one",
    body: { advanceMs: 1, foo: 1 },
    message: /^foo: is not known; known are advanceMs\.$/,
  },
  {
    what: "instead of a known one",
    body: { advance: "1h" },
    message: /advance: is not known; known are advanceMs/,
  },
])("An unknown member $what is refused, and the clock stays", async ({ body, message }) => {
  const refused = await control("POST", "/clock", body);
  expect(refused).toMatchObject({ status: 400, body: { errorMessage: expect.stringMatching(message) } });
  expect((await control("GET", "/clock")).body.aheadMs).toBe(0);
});

test("Moving the clock sends the retries that are due by then", async () => {
  const listener = await listen(503, 503, 503);
  await call(server.origin, "POST", `/api/fota/v1/callbacks/${account}`, { name: "Fota", url: listener.url });
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  await expect.poll(() => listener.messages.length).toBe(1);
  await control("POST", "/clock", { advanceMs: 15 * 60_000 });
  await server.mock.idle();
  await listener.close();
  expect(listener.messages).toHaveLength(4);
  expect((await control("GET", "/deliveries")).body.deliveries).toMatchObject([{ status: "delivered" }]);
});

test("Attempts that became due when the clock was moved have the times at which they were due", async () => {
  const listener = await listen(503, 503, 503);
  await call(server.origin, "POST", `/api/fota/v1/callbacks/${account}`, { name: "Fota", url: listener.url });
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  await expect.poll(() => listener.messages.length).toBe(1);
  await control("POST", "/clock", { advanceMs: 15 * 60_000 });
  await server.mock.idle();
  await listener.close();
  const [delivery] = (await control("GET", "/deliveries")).body.deliveries;
  const times = delivery.attempts.map(({ at }: { at: string }) => Date.parse(at));
  const minutes = times.map((time: number) => Math.round((time - times[0]) / 60_000));
  expect(minutes).toEqual([0, 5, 10, 15]);
});

test("A frozen clock does not advance, and retries wait until it is moved", async () => {
  const now = "2030-01-01T00:00:00.000Z";
  expect((await control("PUT", "/clock", { now, frozen: true })).body).toMatchObject({ now, frozen: true });
  const listener = await listen(503);
  await call(server.origin, "POST", `/api/fota/v1/callbacks/${account}`, { name: "Fota", url: listener.url });
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  await expect.poll(() => listener.messages.length).toBe(1);
  expect((await control("GET", "/clock")).body).toMatchObject({ now, frozen: true });
  await control("POST", "/clock", { advanceMs: 299_999 });
  expect(listener.messages).toHaveLength(1);
  await control("POST", "/clock", { advanceMs: 1 });
  await server.mock.idle();
  await listener.close();
  const [{ status, acceptedAt, attempts }] = (await control("GET", "/deliveries")).body.deliveries;
  expect({ status, acceptedAt }).toEqual({ status: "delivered", acceptedAt: now });
  expect(attempts.map(({ at }: { at: string }) => at)).toEqual([now, "2030-01-01T00:05:00.000Z"]);
});

test("A clock that runs again after it was frozen continues from that time", async () => {
  await control("PUT", "/clock", { now: "2030-01-01T00:00:00.000Z", frozen: true });
  const { now, frozen } = (await control("PUT", "/clock", { frozen: false })).body;
  expect(frozen).toBe(false);
  expect(Date.parse(now) - Date.parse("2030-01-01T00:00:00.000Z")).toBeLessThan(10_000);
});

test("The clock can be set back to the real time", async () => {
  await control("PUT", "/clock", { now: "2001-01-01T00:00:00Z", frozen: true });
  expect((await control("GET", "/clock")).body.now).toBe("2001-01-01T00:00:00.000Z");
  const { now, aheadMs, frozen } = (await control("DELETE", "/clock")).body;
  expect({ aheadMs, frozen }).toEqual({ aheadMs: 0, frozen: false });
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(10_000);
});

test.each([
  { body: {}, message: /^body: must have one of now, frozen\.$/ },
  { body: { now: "yesterday" }, message: /^now: must match format/ },
  { body: { now: "1969-12-31T23:59:59Z" }, message: /^now: must not be before 1970\.$/ },
  { body: { now: "2400-01-01T00:00:00Z" }, message: /^now: must not be after 21/ },
  {
    body: { now: "2030-01-01T00:00:00Z", frozne: true },
    message: /^frozne: is not known; known are now, frozen\.$/,
  },
])("A clock that would be set to $body is refused", async ({ body, message }) => {
  expect(await control("PUT", "/clock", body)).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
});
