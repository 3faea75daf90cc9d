import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { account, call, listen } from "./call.ts";
import { tokens, useServer } from "./server.ts";

describe("With metrics", () => {
  const server = useServer({ metrics: true, retryPausesMs: [1] });
  const read = async () => {
    const response = await fetch(`${server.origin}/metrics`);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    return response.text();
  };

  test("Requests are counted by operation and status, without the account", async () => {
    await call(server.origin, "GET", `/api/fota/v2/callbacks/${account}`);
    await call(server.origin, "GET", `/api/fota/v2/callbacks/${account}`);
    await fetch(`${server.origin}/api/fota/v2/callbacks/${account}`);
    await fetch(`${server.origin}/no-such-path/secret`);
    const metrics = await read();
    const labels = 'api="v2",operation="listRegisteredCallbacks"';
    const sample = (name: string, labels: string, value: number) => `${name}{${labels}} ${value}\n`;
    expect(metrics).toContain(sample("thingspace_mock_requests_total", `${labels},status="200"`, 2));
    expect(metrics).toContain(sample("thingspace_mock_requests_total", `${labels},status="401"`, 1));
    expect(metrics).toContain(sample("thingspace_mock_request_duration_seconds_count", labels, 3));
    expect(metrics).toMatch(/thingspace_mock_requests_total\{api="none",operation="none",status="404"\} 1/);
    expect(metrics).not.toContain(account);
    expect(metrics).not.toContain("secret");
  });

  test("Attempts are counted by outcome, deliveries by status, and the queue by space", async () => {
    const listener = await listen();
    const mock = server.mock.space("measured");
    const register = async (name: string, url: string) => {
      const path = `/api/fota/v2/callbacks/${name}`;
      const headers = { ...tokens, "X-Mock-Space": "measured" };
      expect((await call(server.origin, "POST", path, { url }, headers)).status).toBe(200);
    };
    await register("taken", listener.url);
    await register("unanswered", "http://127.0.0.1:1/");
    await mock.deliverEvent({ api: "v2", account: "taken" });
    await mock.deliverEvent({ api: "v2", account: "unanswered" });
    await mock.idle();
    const metrics = await read();
    expect(metrics).toContain('thingspace_mock_delivery_attempts_total{outcome="taken"} 1\n');
    expect(metrics).toContain('thingspace_mock_delivery_attempts_total{outcome="unanswered"} 2\n');
    expect(metrics).toContain('thingspace_mock_deliveries_total{status="delivered"} 1\n');
    expect(metrics).toContain('thingspace_mock_deliveries_total{status="failed"} 1\n');
    expect(metrics).toContain('thingspace_mock_pending_deliveries{space="measured"} 0\n');
  });

  test("The age of the oldest pending delivery is by the clock of the space", async () => {
    const mock = server.mock.space("waiting");
    const headers = { ...tokens, "X-Mock-Space": "waiting" };
    const send = (method: string, path: string, body: object) =>
      call(server.origin, method, path, body, headers);
    await send("POST", "/api/fota/v2/callbacks/a", { url: "http://127.0.0.1:1/" });
    await send("PUT", "/mock/clock", { frozen: true });
    await send("POST", "/mock/upgrades", { api: "v2", account: "a", devices: 1, intervalMs: 60_000 });
    await mock.advance(5_000);
    const metrics = await read();
    expect(metrics).toMatch(/thingspace_mock_pending_deliveries\{space="waiting"\} [1-9]/);
    expect(metrics).toContain('thingspace_mock_oldest_pending_delivery_seconds{space="waiting"} 5\n');
    await mock.reset();
  });

  test("The event loop's lag is measured", async () => {
    expect(await read()).toContain("nodejs_eventloop_lag_p99_seconds");
  });

  test("Each metric of the Grafana dashboard exists", async () => {
    const metrics = await read();
    const file = new URL("../examples/grafana-dashboard.json", import.meta.url);
    const dashboard = JSON.parse(readFileSync(file, "utf8"));
    const expressions: string[] = dashboard.panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
      targets.map(({ expr }) => expr),
    );
    const used = expressions.flatMap((text) => text.match(/\b(?:thingspace_mock|nodejs|process)_\w+/g) ?? []);
    expect(used.length).toBeGreaterThan(5);
    for (const name of used) expect(metrics).toContain(`# TYPE ${name.replace(/_bucket$/, "")} `);
  });
});

describe("Without metrics", () => {
  const server = useServer();

  test("/metrics is no route", async () => {
    expect((await fetch(`${server.origin}/metrics`)).status).toBe(404);
  });
});
