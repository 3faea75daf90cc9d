import { describe, expect, test } from "vitest";
import { createMock } from "../src/index.ts";
import { account, call, listen } from "./call.ts";
import { tokens } from "./server.ts";

const path = `http://mock/api/fota/v1/callbacks/${account}`;
const register = (url: string) =>
  new Request(path, {
    method: "POST",
    headers: { ...tokens, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Fota", url }),
  });

describe("a mock without a port", () => {
  test("A mock without a port handles requests, and reset deletes the state", async () => {
    const mock = await createMock();
    expect((await mock.fetch(register("https://example.com"))).status).toBe(200);
    const listed = await mock.fetch(new Request(path, { headers: tokens }));
    expect(listed.headers.get("Content-Type")).toContain("application/json");
    expect(await listed.json()).toMatchObject([{ url: "https://example.com" }]);
    expect((await mock.fetch(new Request(path, { method: "HEAD", headers: tokens }))).body).toBeNull();
    await mock.reset();
    expect(await (await mock.fetch(new Request(path, { headers: tokens }))).json()).toEqual([]);
    await mock.close();
  });

  test("The fetch of a mock accepts a URL and options", async () => {
    const mock = await createMock();
    const body = JSON.stringify({ name: "Fota", url: "https://example.com" });
    const headers = { ...tokens, "Content-Type": "application/json" };
    expect((await mock.fetch(path, { method: "POST", headers, body })).status).toBe(200);
    const listed = await mock.fetch(new URL(path), { headers: tokens });
    expect(await listed.json()).toMatchObject([{ url: "https://example.com" }]);
    await mock.close();
  });

  test("A mock without a port delivers events, also when the control operations are disabled", async () => {
    const listener = await listen();
    const mock = await createMock({ control: false });
    await mock.fetch(register(listener.url));
    const id = await mock.deliverEvent({ api: "v1", account, type: "upgradeScheduled" });
    expect(id).toBe(1);
    await mock.idle();
    expect(listener.messages).toMatchObject([{ type: "upgradeScheduled", accountName: account }]);
    await mock.close();
    await listener.close();
  });

  test("An event for an account without a registration is an error that says so", async () => {
    const mock = await createMock();
    await expect(mock.deliverEvent({ api: "v2", account, type: "x" })).rejects.toThrow(
      /CALLBACK_NOT_REGISTERED/,
    );
    await mock.close();
  });
});

test("Closing aborts the current deliveries and keeps the others for later", async () => {
  const mock = await createMock({ retryPausesMs: [60_000] });
  await mock.fetch(register("http://127.0.0.1:1/nobody"));
  await mock.deliverEvent({ api: "v1", account, type: "x" });
  await mock.close();
});

describe("a mock beyond loopback", () => {
  test("Messages to private addresses are refused unless they are allowed by name", async () => {
    const listener = await listen();
    for (const [allowTargets, outcome] of [
      [
        [],
        {
          status: "failed",
          attempts: [{ error: expect.stringMatching(/^refused: 127\.0\.0\.1 is a loopback/) }],
        },
      ],
      [["127.0.0.1"], { status: "delivered", attempts: [{ status: 204 }] }],
    ] as const) {
      const mock = await createMock({
        controlToken: "t",
        allowTargets: [...allowTargets],
        retryPausesMs: [],
      });
      const origin = await mock.listen({ host: "0.0.0.0", port: 0 });
      await mock.fetch(register(listener.url));
      await mock.deliverEvent({ api: "v1", account, type: "x" });
      await mock.idle();
      const headers = { "Mock-Control-Token": "t" };
      const local = origin.replace("0.0.0.0", "127.0.0.1");
      const { deliveries } = (await call(local, "GET", "/mock/deliveries", undefined, headers)).body;
      expect(deliveries[0]).toMatchObject(outcome);
      await mock.close();
    }
    expect(listener.messages).toHaveLength(1);
    await listener.close();
  });

  test("An invalid allowed target is refused by name", async () => {
    await expect(createMock({ allowTargets: ["not a host"] })).rejects.toMatchObject(
      expect.objectContaining({ option: "allowTargets", reason: expect.stringContaining("not a host") }),
    );
  });
});
