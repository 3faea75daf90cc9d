import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { expect, onTestFinished, test, vi } from "vitest";
import { createTestCallback } from "../src/testing.ts";
import { credentials } from "./listeners.ts";
import { createFolder } from "./stores.ts";

test("the OpenTelemetry example counts responses, attempts and the messages of the inbox", async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const { folder, remove } = createFolder();
  vi.stubEnv("INBOX", `${folder}/inbox.sqlite`);
  vi.stubEnv("CALLBACK_PASSWORD", credentials.password);
  const { inbox, listener } = await import("../examples/opentelemetry.ts");
  onTestFinished(async () => {
    await inbox.stop();
    await reader.shutdown();
    remove();
  });
  const send = (password: string) =>
    listener(
      createTestCallback({ api: "v1", type: "upgradeFinished", username: credentials.username, password }),
    );
  expect((await send(credentials.password)).status).toBe(204);
  expect((await send(credentials.password)).status).toBe(204);
  expect((await send("wrong")).status).toBe(401);
  inbox.start();
  await expect.poll(() => inbox.count()).toMatchObject({ handled: 1 });
  await inbox.stop();
  await reader.forceFlush();
  const points = exporter.getMetrics().flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) =>
      scope.metrics.flatMap(({ descriptor: { name }, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => ({
          name,
          attributes,
          value: typeof value === "object" && "count" in value ? value.count : value,
        })),
      ),
    ),
  );
  const common = { api: "v1", type: "upgradeFinished" };
  expect(points).toEqual(
    expect.arrayContaining([
      {
        name: "thingspace.callback.duration",
        attributes: { ...common, status: 204, repeat: false },
        value: 1,
      },
      {
        name: "thingspace.callback.duration",
        attributes: { ...common, status: 204, repeat: true },
        value: 1,
      },
      {
        name: "thingspace.callback.duration",
        attributes: { api: "v1", type: "", status: 401, repeat: false },
        value: 1,
      },
      { name: "thingspace.inbox.attempt.duration", attributes: { ...common, event: "handled" }, value: 1 },
      { name: "thingspace.inbox.messages", attributes: { state: "handled" }, value: 1 },
    ]),
  );
});
