import { afterEach, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const other = "0000123456-00001";
const server = useServer({ retryPausesMs: [] });
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});
const register = (url: string, of = account) =>
  call(server.origin, "POST", `/api/fota/v1/callbacks/${of}`, { name: "Fota", url });
const send = (type: string, of = account) => server.mock.deliverEvent({ api: "v1", account: of, type });
afterEach(() => server.mock.reset());

test("A redelivery sends the same message to the currently registered URL, and names the delivery that it repeats", async () => {
  const down = await listen(503);
  await register(down.url);
  const id = await send("t");
  await server.mock.idle();
  await down.close();
  const up = await listen();
  await register(up.url);
  const { status, body } = await control("POST", "/redeliveries", { id });
  await server.mock.idle();
  await up.close();
  expect(status).toBe(202);
  expect(up.messages).toEqual(down.messages);
  expect((await control("GET", "/deliveries")).body.deliveries).toMatchObject([
    { id: body.deliveries[0], repeats: id, status: "delivered", url: up.url },
    { id, status: "failed", url: down.url },
  ]);
});

test("All matching messages are sent again, in order", async () => {
  const listener = await listen(503, 503);
  await register(listener.url);
  await register(listener.url, other);
  const first = await send("a");
  const second = await send("b");
  await server.mock.idle();
  await send("c");
  await send("a", other);
  await server.mock.idle();
  await control("POST", "/redeliveries", { status: "failed", account });
  await server.mock.idle();
  await listener.close();
  const { deliveries } = (await control("GET", "/deliveries?limit=2")).body;
  expect(deliveries).toMatchObject([
    { type: "b", repeats: second },
    { type: "a", repeats: first },
  ]);
  expect((await control("POST", "/redeliveries", { type: "nothing" })).body).toEqual({ deliveries: [] });
});

test("Nothing is sent when one of the accounts no longer has a registration", async () => {
  const listener = await listen();
  await register(listener.url);
  await register(listener.url, other);
  await send("a");
  await send("a", other);
  await server.mock.idle();
  await control("PUT", "/registrations", {
    registrations: [{ api: "v1", account, url: listener.url }],
  });
  const refused = await control("POST", "/redeliveries", {});
  await listener.close();
  expect(refused).toMatchObject({ status: 400, body: { errorCode: "CALLBACK_NOT_REGISTERED" } });
  expect((await control("GET", "/deliveries")).body.total).toBe(2);
});

test.each([
  { body: { id: 99 }, message: /^id: no delivery in the space default has the id 99\.$/ },
  { body: { id: 1, account }, message: /^id: must not be given with account\.$/ },
  { body: { state: "failed" }, message: /^state: is not known; known are id, api, account, type, status\.$/ },
  { body: { status: "lost" }, message: /^status: must be equal to one of the allowed values: pending,/ },
])("Sending $body again is refused", async ({ body, message }) => {
  expect(await control("POST", "/redeliveries", body)).toMatchObject({
    status: 400,
    body: { errorMessage: expect.stringMatching(message) },
  });
});
