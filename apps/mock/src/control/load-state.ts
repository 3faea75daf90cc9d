import type { Operation } from "@thingspace-callbacks/contract";
import type { components } from "@thingspace-callbacks/contract/types/control";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import type { Space } from "../spaces/space.ts";
import { demandAcceptable } from "./fault-limits.ts";
import { demandTime } from "./operations/clock.ts";
import { demandRegistrable, type PreparedRegistration } from "./prepared-state.ts";

/** A state to load: registrations, faults and the clock. */
export type PreparedState = components["schemas"]["State"];

/**
 * Demands that a state can be loaded.
 *
 * @throws {Refusal} 400 of the operation
 */
export function demandLoadable(operation: Operation, state: PreparedState, allowsTarget: AllowList): void {
  demandRegistrable(operation, state.registrations, allowsTarget);
  for (const [index, fault] of (state.faults ?? []).entries()) {
    demandAcceptable(operation, fault, index, `faults.${index}.`);
  }
  if (state.clock?.now !== undefined) demandTime(operation, state.clock.now, "clock.now");
}

/** Replaces everything by a state that was demanded to be loadable. When the store cannot be written, nothing changes. */
export function loadState(space: Space, { registrations, faults = [], clock = {} }: PreparedState): void {
  space.inTransaction(() => {
    space.tokens.clear();
    space.deliveries.clear();
    replaceRegistrations(space, registrations);
  });
  space.queue.forget();
  space.faults.clear();
  for (const fault of faults) space.faults.add(fault);
  space.journal.clear();
  space.clock.reset();
  const now = clock.now === undefined ? undefined : Date.parse(clock.now);
  space.clock.set({ now, isFrozen: clock.frozen });
  space.events.add("reset", undefined);
}

/** Replaces the registrations, and nothing else. */
export function replaceRegistrations({ registrations }: Space, prepared: PreparedRegistration[]): void {
  registrations.clear();
  for (const { api, account, ...registration } of prepared) registrations.put(api, account, registration);
}
