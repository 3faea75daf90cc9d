import { afterEach, describe, expect, test } from "vitest";
import { createMock } from "../src/mock.ts";
import { account, call, listen } from "./call.ts";
import { followStream } from "./follow-stream.ts";
import { useServer } from "./server.ts";

const server = useServer({ retryPausesMs: [] });
const follow = (headers?: Record<string, string>) => followStream(server.origin, headers);
const control = (method: string, path: string, body?: unknown) =>
  call(server.origin, method, `/mock${path}`, body, {});
const register = (url: string) =>
  call(server.origin, "POST", `/api/fota/v1/callbacks/${account}`, { name: "Fota", url });
afterEach(() => server.mock.reset());

test("The stream reports requests, deliveries, attempts, registrations, faults, the clock and a reset", async () => {
  const listener = await listen(503);
  const { response, take, close } = await follow();
  expect(response.headers["content-type"]).toBe("text/event-stream");
  await register(listener.url);
  expect(await take(2)).toMatchObject([
    { event: "registration", data: { action: "put", api: "v1", account, url: listener.url } },
    { event: "request", data: { direction: "in", operationId: "registerCallback", account, status: 200 } },
  ]);
  await server.mock.deliverEvent({ api: "v1", account, type: "t" });
  expect(await take(4)).toMatchObject([
    { event: "delivery", data: { account, type: "t" } },
    { event: "request", data: { direction: "out", status: 503 } },
    { event: "attempt", data: { account, type: "t", status: 503, at: expect.any(String) } },
    { event: "delivery", data: { status: "failed" } },
  ]);
  await control("POST", "/faults", { status: 500, times: 1 });
  await register(listener.url);
  expect(await take(3)).toMatchObject([
    { event: "fault", data: { action: "added", fault: { status: 500 } } },
    { event: "fault", data: { action: "hit" } },
    { event: "request", data: { status: 500 } },
  ]);
  await control("POST", "/clock", { advanceMs: 1_000 });
  await control("DELETE", "/state");
  expect(await take(4)).toMatchObject([
    { event: "clock", data: { aheadMs: expect.any(Number) } },
    { event: "registration", data: { action: "cleared" } },
    { event: "fault", data: { action: "cleared" } },
    { event: "reset", data: {} },
  ]);
  close();
  await listener.close();
});

test("A reader that reconnects gets the events since the last one that it received", async () => {
  const first = await follow();
  await register("https://example.com/1");
  const [seen] = await first.take(1);
  first.close();
  const [epoch, number] = seen?.id?.split("-") ?? [];
  await register("https://example.com/2");
  const again = await follow({ "Last-Event-ID": seen?.id ?? "" });
  expect(await again.take(3)).toMatchObject([
    { event: "request", id: `${epoch}-${Number(number) + 1}` },
    { event: "registration" },
    { event: "request" },
  ]);
  again.close();
});

test("The stream contains no secret", async () => {
  const { take, close } = await follow();
  await register("https://me:opensesame@example.com/");
  expect(JSON.stringify(await take(2))).not.toContain("opensesame");
  close();
});

test("A reader that was disconnected for too long gets the number of missed events", async () => {
  const first = await follow();
  await register("https://example.com");
  const [{ id = "" } = {}] = await first.take(1);
  first.close();
  for (let count = 0; count < 4_100; count += 1) {
    await server.mock.fetch(new Request("http://localhost/mock/faults", { method: "DELETE" }));
  }
  const { take, close } = await follow({ "Last-Event-ID": id });
  const [missed, next] = await take(2);
  const [before, after] = [id, next?.id ?? ""].map((text) => Number(text.split("-")[1]));
  expect(missed).toMatchObject({ event: "skipped", data: { count: Number(after) - Number(before) - 1 } });
  close();
});

test.each(["-1", "x", "1.5", "1e3", "1-", "1-2-3"])("The Last-Event-ID %s is refused", async (id) => {
  const refused = await call(server.origin, "GET", "/mock/stream", undefined, { "Last-Event-ID": id });
  expect(refused).toMatchObject({
    status: 400,
    body: { errorMessage: "Last-Event-ID: must be the id of an event." },
  });
});

describe("a reader", () => {
  test("A connected reader does not keep the mock from stopping", async () => {
    const mock = await createMock();
    const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
    const stream = await fetch(`${origin}/mock/stream`);
    const poll = fetch(`${origin}/mock/requests?wait=60s`);
    await fetch(`${origin}/mock/clock`);
    await mock.close();
    await expect(stream.text()).resolves.toContain("retry: 1000");
    expect((await poll).status).toBe(200);
  });

  test("A HEAD request to the stream leaves no open connection", async () => {
    expect((await fetch(`${server.origin}/mock/stream`, { method: "HEAD" })).status).toBe(200);
  });
});
