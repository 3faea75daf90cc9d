import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Delivery, Status } from "../deliveries/delivery.ts";
import { findOutcome } from "../deliveries/retry.ts";
import type { Attempt } from "../deliveries/sender.ts";
import type { Route } from "../operations/routes.ts";
import type { SpaceInUse } from "../spaces/spaces.ts";

/** A request that has ended. */
export interface MeasuredRequest {
  /** Missing when no operation matches. */
  route: Route | undefined;
  /** Missing when the connection was closed without a response. */
  status: number | undefined;
  durationMs: number;
}

/** The numbers that Prometheus reads. No label holds an account, a URL or anything else that a request chooses. */
export interface Metrics {
  countRequest(request: MeasuredRequest): void;
  /** Counts an attempt, and the delivery too if the attempt was its last one. */
  countAttempt(delivery: Delivery, attempt: Attempt, status: Status): void;
  contentType: string;
  /** Returns everything in the text format of Prometheus. */
  format(): Promise<string>;
}

/** From a fifth of a millisecond, which is usual for a registration, to the ten seconds that a listener may take. */
const buckets = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Creates the metrics of one mock. `listSpaces` is asked for the queues each time the metrics are read. */
export function createMetrics(listSpaces: () => SpaceInUse[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Event loop lag, memory, CPU and garbage collection of the process.
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "thingspace_mock_requests_total",
    help: "Requests by API, operation and status; the status is none when the connection was closed without a response.",
    labelNames: ["api", "operation", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "thingspace_mock_request_duration_seconds",
    help: "Time from the first byte of a request to the end of its response.",
    labelNames: ["api", "operation"],
    buckets,
    registers,
  });
  const attempts = new Counter({
    name: "thingspace_mock_delivery_attempts_total",
    help: "Attempts to deliver a message: taken (2xx), refused (another status) or unanswered.",
    labelNames: ["outcome"],
    registers,
  });
  const attemptDurations = new Histogram({
    name: "thingspace_mock_delivery_attempt_duration_seconds",
    help: "Time that an attempt to deliver a message took.",
    buckets,
    registers,
  });
  const deliveries = new Counter({
    name: "thingspace_mock_deliveries_total",
    help: "Finished deliveries: delivered, or failed after the last attempt.",
    labelNames: ["status"],
    registers,
  });
  new Gauge({
    name: "thingspace_mock_pending_deliveries",
    help: "Deliveries that wait for their first or their next attempt, by space.",
    labelNames: ["space"],
    registers,
    collect() {
      this.reset();
      for (const { space } of listSpaces())
        this.set({ space: space.name }, space.deliveries.measure().pending);
    },
  });
  new Gauge({
    name: "thingspace_mock_oldest_pending_delivery_seconds",
    help: "Age of the oldest pending delivery by the clock of its space; 0 without one.",
    labelNames: ["space"],
    registers,
    collect() {
      this.reset();
      for (const { space } of listSpaces()) {
        const { oldestAcceptedAt = space.clock.now() } = space.deliveries.measure();
        const ageMs = Math.max(0, space.clock.now() - oldestAcceptedAt);
        this.set({ space: space.name }, ageMs / 1_000);
      }
    },
  });

  return {
    countRequest: ({ route, status = "none", durationMs }) => {
      const labels = { api: route?.api ?? "none", operation: route?.operation.operationId ?? "none" };
      requests.inc({ ...labels, status });
      durations.observe(labels, durationMs / 1_000);
    },
    countAttempt: (_delivery, attempt, status) => {
      attempts.inc({ outcome: findOutcome(attempt) });
      attemptDurations.observe(attempt.durationMs / 1_000);
      if (status !== "pending") deliveries.inc({ status });
    },
    contentType: registry.contentType,
    format: () => registry.metrics(),
  };
}
