import { getOperation } from "@thingspace-callbacks/contract";
import pLimit from "p-limit";
import { expect, test } from "vitest";
import { createOutbox } from "../../deliveries/outbox.ts";
import type { AnyHandler } from "../../operations/handler.ts";
import { createSpace } from "../../spaces/space.ts";
import { openDatabase } from "../../state/database.ts";
import { clockHandlers } from "./clock.ts";

const now = "2030-01-01T00:00:00Z";

test.each([
  { operationId: "advanceClock", body: { advanceMs: 60_000 } },
  { operationId: "setClock", body: { now, frozen: true } },
  { operationId: "resetClock", body: undefined },
] as const)(
  "$operationId changes nothing when the store cannot be written",
  async ({ operationId, body }) => {
    const database = openDatabase();
    const context = {
      outbox: createOutbox({ allowTargets: [], timeoutMs: 1_000 }),
      profile: { timeoutMs: 1_000, pauses: [] },
      limit: pLimit(1),
      keepDeliveries: 1,
      configured: { applications: [], users: [] },
      onError: () => {},
      onAttempt: () => {},
    };
    const space = createSpace("default", { database, isFile: true }, context);
    space.clock.advance(1_000);
    const operation = getOperation("control", operationId);
    const request = { operation, path: {}, query: {}, body: body as never, caller: {}, space };
    const before = { clock: space.clock.save(), events: space.events.latest() };
    database.exec("PRAGMA query_only = ON");
    const handler: AnyHandler = clockHandlers[operationId];
    expect(() => handler(request)).toThrow("readonly");
    expect({ clock: space.clock.save(), events: space.events.latest() }).toEqual(before);
    database.exec("PRAGMA query_only = OFF");
    await space.close();
  },
);
