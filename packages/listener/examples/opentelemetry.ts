// Metrics of a listener and its inbox through OpenTelemetry. Register a MeterProvider with your exporter before.
import { metrics } from "@opentelemetry/api";
import { createCallbackListener } from "@thingspace-callbacks/listener";
import { createInbox } from "@thingspace-callbacks/listener/inbox";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";

const meter = metrics.getMeter("thingspace-callbacks");
const responses = meter.createHistogram("thingspace.callback.duration", { unit: "ms" });
const attempts = meter.createHistogram("thingspace.inbox.attempt.duration", { unit: "ms" });
// Read once for each export, such as every minute: to count the handled messages takes a while when there are many.
const backlog = meter.createObservableGauge("thingspace.inbox.messages");

export const inbox = createInbox({
  api: "v1",
  store: createSqliteInboxStore({ file: process.env["INBOX"] ?? "inbox.sqlite" }),
  handlers: { other: ({ type }) => console.log("handled", type) },
  onEvent: ({ event, api, type, durationMs }) => attempts.record(durationMs, { event, api, type }),
});
backlog.addCallback(async (gauge) => {
  for (const [state, number] of Object.entries(await inbox.count())) gauge.observe(number, { state });
});

export const listener = createCallbackListener({
  api: "v1",
  verify: { username: "me", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  on: { other: inbox.accept },
  // The account is left out: a metric must not have a series for each customer.
  onMessage: ({ api, type = "", status, repeat, durationMs }) =>
    responses.record(durationMs, { api, type, status, repeat }),
});
