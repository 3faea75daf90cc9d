import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createMock } from "../src/index.ts";
import { matchers } from "../src/matchers.ts";
import { account, listen } from "./call.ts";
import { tokens } from "./server.ts";

const mock = await createMock({ control: false, sender: "documented" });
const path = `http://mock/api/fota/v1/callbacks/${account}`;
const register = (url: string, { fetch } = mock as Pick<typeof mock, "fetch">) =>
  fetch(path, {
    method: "POST",
    headers: { ...tokens, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Fota", url }),
  });
const event = { api: "v1", account, type: "t" } as const;
beforeEach(() => mock.reset());
afterAll(() => mock.close());

test("Four attempts over fifteen minutes are made at once", async () => {
  const listener = await listen(503, 503, 503);
  await register(listener.url);
  const begin = performance.now();
  await mock.deliverEvent(event);
  await mock.waitFor("requests", { direction: "out" });
  await mock.advance(15 * 60_000);
  const [delivery] = await mock.waitFor("deliveries", { status: "delivered" });
  expect(performance.now() - begin).toBeLessThan(30_000);
  await listener.close();
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 503, 503, 204]);
});

test("Requests are listed, waited for and verified", async () => {
  const waiting = mock.waitFor("requests", { operationId: "registerCallback" });
  await register("https://example.com");
  expect(await waiting).toMatchObject([{ account, status: 200 }]);
  expect(await mock.requests({ status: "4xx" })).toEqual([]);
  expect(await mock.verify([{ operationId: "registerCallback", count: 1 }])).toMatchObject({
    verified: true,
  });
});

test("A wait that is over in vain says what there was", async () => {
  await expect(mock.waitFor("deliveries", { status: "failed" }, { timeoutMs: 5 })).rejects.toThrow(
    'There were not 1 deliveries that match {"status":"failed"} within 5 ms, but 0.',
  );
});

test("A message is sent again, and a snapshot brings back what there was", async () => {
  const listener = await listen();
  await register(listener.url);
  const id = await mock.deliverEvent(event);
  await mock.waitFor("deliveries", { status: "delivered" });
  await mock.redeliver({ id });
  expect(await mock.waitFor("deliveries", { status: "delivered" }, { atLeast: 2 })).toMatchObject([
    { repeats: id },
    { id },
  ]);
  await mock.snapshot("sent");
  await mock.reset();
  expect(await mock.deliveries()).toEqual([]);
  await mock.restore("sent");
  expect(await mock.deliveries()).toHaveLength(2);
  await listener.close();
});

test("A space has the same methods, and what is in it is its own", async () => {
  const run = mock.space("run");
  await register("https://example.com/run", run);
  expect(await run.requests()).toHaveLength(1);
  expect(await mock.requests()).toEqual([]);
  const listed = await run.fetch(path, { headers: tokens });
  expect(await listed.json()).toMatchObject([{ url: "https://example.com/run" }]);
  expect(() => mock.space("no name")).toThrow(/X-Mock-Space: must be 1 to 63/);
});

test("A filter that is not known is refused", async () => {
  await expect(mock.requests({ acount: account } as object)).rejects.toThrow(/acount: is not known/);
});

describe("the matchers", () => {
  expect.extend(matchers);
  const subject = expect as unknown as (mock: unknown) => Record<
    string,
    (...values: unknown[]) => Promise<void>
  > & {
    not: Record<string, (...values: unknown[]) => Promise<void>>;
  };

  test("pass for a request and a message that there were", async () => {
    const listener = await listen();
    await register(listener.url);
    await mock.deliverEvent(event);
    await subject(mock)["toHaveDelivered"]?.({ account, type: "t" });
    await subject(mock)["toHaveReceived"]?.({ operationId: "registerCallback", body: { name: "Fota" } });
    await subject(mock).not["toHaveReceived"]?.({ operationId: "registerCallback", body: { name: "Other" } });
    await listener.close();
  });

  test("say what comes closest otherwise", async () => {
    await register("https://example.com/a");
    const failed = subject(mock)["toHaveReceived"]?.({
      operationId: "registerCallback",
      body: { url: "https://example.com/b" },
    });
    await expect(failed).rejects.toThrow(
      'body.url: expected "https://example.com/b", was "https://example.com/a"',
    );
  });
});
