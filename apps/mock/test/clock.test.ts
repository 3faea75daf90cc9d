import { afterEach, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { useServer } from "./server.ts";

const server = useServer({ sender: "documented" });
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});
const year = 365 * 86_400_000;
afterEach(() => server.mock.reset());

test("The clock can be moved a hundred years in all, and still tells the time", async () => {
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

test("Moving the clock sends the repeats that are due by then", async () => {
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
