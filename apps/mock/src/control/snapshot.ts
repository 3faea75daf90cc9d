import type { components } from "@thingspace-callbacks/contract/types/control";
import type { Space } from "../spaces/space.ts";
import type { Fault } from "./faults.ts";
import type { PreparedRegistration } from "./prepared-state.ts";

/** Everything that a space remembers; control/openapi.yaml describes the members. */
export type Snapshot = components["schemas"]["Snapshot"];

/** Returns everything that a space remembers. Due times are relative, so that they mean the same at any time. */
export function takeSnapshot(space: Space): Snapshot {
  const { registrations, credentials, tokens, deliveries, faults, journal, clock } = space;
  const { requests } = journal.list({ limit: Number.MAX_SAFE_INTEGER, offset: 0 });
  return {
    version: 1,
    registrations: registrations.all().map(withoutUndefined),
    ...credentials.listReplaced(),
    tokens: tokens.save(),
    deliveries: deliveries.all().map(({ dueAt, ...delivery }) => ({
      ...delivery,
      dueInMs: dueAt - clock.ticks(),
    })) as Snapshot["deliveries"],
    faults: faults.list() as Snapshot["faults"],
    clock: clock.isFrozen()
      ? { frozenAt: new Date(clock.now()).toISOString() }
      : { aheadMs: clock.aheadMs() },
    requests: requests.reverse() as Snapshot["requests"],
  };
}

const withoutUndefined = (registration: PreparedRegistration) =>
  JSON.parse(JSON.stringify(registration)) as Snapshot["registrations"][number];

/** Replaces everything that a space remembers. When the store cannot be written, nothing changes. */
export function restoreSnapshot(space: Space, snapshot: Snapshot): void {
  const { registrations, tokens, deliveries, queue, faults, journal, clock, events } = space;
  const { frozenAt, aheadMs = 0 } = snapshot.clock;
  space.inTransaction(() => {
    registrations.clear();
    for (const { api, account, ...registration } of snapshot.registrations) {
      registrations.put(api, account, registration);
    }
    tokens.load(snapshot.tokens);
    deliveries.load(
      snapshot.deliveries.map(({ dueInMs, ...delivery }) => ({
        ...delivery,
        attempts: delivery.attempts ?? [],
        dueAt: clock.ticks() + dueInMs,
      })),
    );
  });
  space.credentials.replace(snapshot);
  queue.forget();
  clock.set(
    frozenAt === undefined
      ? { now: Date.now() + aheadMs, isFrozen: false }
      : { now: Date.parse(frozenAt), isFrozen: true },
  );
  faults.clear();
  for (const fault of snapshot.faults) faults.add(fault as Fault);
  journal.clear();
  for (const { id, at, ...entry } of snapshot.requests) journal.add({ ...entry, at: Date.parse(at) });
  queue.resume();
  events.add("reset", undefined);
}
