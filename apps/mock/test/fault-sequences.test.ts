import { afterEach, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const path = `/api/fota/v1/callbacks/${account}`;
const server = useServer({ retryPausesMs: [1, 1, 1] });
const control = (method: string, url: string, body?: unknown) =>
  call(server.origin, method, `/mock${url}`, body, {});
const addFault = async (fault: object) => {
  const added = await control("POST", "/faults", fault);
  expect(added.status, JSON.stringify(added.body)).toBe(200);
};
const register = (url = "https://example.com") => call(server.origin, "POST", path, { name: "Fota", url });
afterEach(() => server.mock.reset());

test("A sequence gives each request its own effect, and then goes away", async () => {
  await addFault({
    api: "v1",
    sequence: [{ status: 503, retryAfter: 1 }, { drop: true }, {}, { status: 500 }],
  });
  expect((await call(server.origin, "GET", path)).status).toBe(503);
  await expect(call(server.origin, "GET", path)).rejects.toThrow();
  expect((await call(server.origin, "GET", path)).status).toBe(200);
  expect((await control("GET", "/faults")).body).toMatchObject([{ sequence: [{ status: 500 }] }]);
  expect((await call(server.origin, "GET", path)).status).toBe(500);
  expect((await control("GET", "/faults")).body).toEqual([]);
});

test.each([
  { what: "lost", fault: { drop: true } },
  { what: "wrong", fault: { status: 503 } },
  { what: "malformed", fault: { malformed: true } },
])("A request that is taken has its effect although the response is $what", async ({ fault }) => {
  await addFault({ operationId: "registerCallback", taken: true, times: 1, ...fault });
  await register("https://example.com/taken").catch(() => {});
  expect((await call(server.origin, "GET", path)).body).toMatchObject([{ url: "https://example.com/taken" }]);
});

test("A request that is not taken has no effect", async () => {
  await addFault({ operationId: "registerCallback", status: 503, times: 1 });
  await register();
  expect((await call(server.origin, "GET", path)).body).toEqual([]);
});

test("A listener can seem wrong, down and slow, and gets the message in the end", async () => {
  const listener = await listen();
  await register(listener.url);
  await addFault({
    direction: "out",
    account,
    type: "t",
    sequence: [{ status: 500 }, { drop: true }, { delayMs: 20 }],
  });
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  await server.mock.idle();
  await listener.close();
  expect(listener.messages).toHaveLength(1);
  const [delivery] = (await control("GET", "/deliveries")).body.deliveries;
  expect(delivery).toMatchObject({
    status: "delivered",
    attempts: [{ status: 500 }, { error: "connection closed by the listener (a fault)" }, { status: 204 }],
  });
});

test("A message that is taken arrives although the mock believes that it did not", async () => {
  const listener = await listen();
  await register(listener.url);
  await addFault({ direction: "out", drop: true, taken: true, times: 1 });
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  await server.mock.idle();
  await listener.close();
  expect(listener.messages).toHaveLength(2);
});

test.each([
  { effect: { status: 503, malformed: true, retryAfter: 1 } },
  { effect: { status: 503, body: "x", delayMs: 1, taken: true } },
  { effect: { delayMs: 1, drop: true, taken: true } },
  { effect: { delayMs: 1, malformed: true } },
])("The effect $effect is accepted, alone and in a sequence", async ({ effect }) => {
  await addFault({ share: 0, ...effect });
  await addFault({ share: 0, sequence: [effect] });
});

test.each([
  { fault: { sequence: [] }, message: /^sequence: must NOT have fewer than 1 items/ },
  { fault: { sequence: [{}], status: 500 }, message: /^sequence: must not be given with status\.$/ },
  { fault: { sequence: [{}], times: 2 }, message: /^sequence: must not be given with times\.$/ },
  { fault: { sequence: [{ times: 2 }] }, message: /^sequence\.0\.times: is not known; known are status,/ },
  {
    fault: { sequence: [{ drop: true, body: "x" }] },
    message: /^sequence\.0\.body: must not be given with drop\.$/,
  },
  {
    fault: { direction: "out", malformed: true },
    message: /^malformed: must not be given with direction out\.$/,
  },
  { fault: { type: "t", status: 500 }, message: /^type: must be given with direction out\.$/ },
  { fault: { taken: true }, message: /^body: must have one of status,/ },
  { fault: { sequence: [{}], taken: true }, message: /^sequence: must not be given with taken\.$/ },
  { fault: { sequence: [{}], retryAfter: 1 }, message: /^sequence: must not be given with retryAfter\.$/ },
  {
    fault: { sequence: [{ taken: true }] },
    message: /^sequence\.0\.taken: must be given with one of status,/,
  },
  { fault: { drop: true, status: 500 }, message: /^status: must not be given with drop\.$/ },
  { fault: { drop: true, malformed: true }, message: /^malformed: must not be given with drop\.$/ },
  { fault: { drop: true, retryAfter: 1 }, message: /^retryAfter: must not be given with drop\.$/ },
  { fault: { delayMs: 5, retryAfter: 1 }, message: /^retryAfter: must be given with status\.$/ },
  { fault: { malformed: true, retryAfter: 1 }, message: /^retryAfter: must be given with status\.$/ },
  {
    fault: { sequence: [{ body: "x", retryAfter: 1 }] },
    message: /^sequence\.0\.retryAfter: must be given with status\.$/,
  },
  {
    fault: { direction: "out", drop: true, status: 500 },
    message: /^status: must not be given with drop\.$/,
  },
  {
    fault: { operationId: "getClock", status: 500 },
    message: /^operationId: must be one of (?!.*getClock).*registerCallback/,
  },
  {
    fault: { operationId: "requestToken", account, status: 500 },
    message: /^account: must not be given with operationId requestToken,/,
  },
  { fault: { api: "auth", account, status: 500 }, message: /^account: must not be given with api auth,/ },
  {
    fault: { direction: "out", api: "auth", drop: true },
    message: /^api: must be one of v1, v2, v3, legacy with direction out\.$/,
  },
])("The fault $fault is refused", async ({ fault, message }) => {
  expect(await control("POST", "/faults", fault)).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
});
