import type { Operation } from "@thingspace-callbacks/contract";
import type { components } from "@thingspace-callbacks/contract/types/control";
import { findRepeated } from "../config.ts";
import type { AllowList } from "../deliveries/target/allow-list.ts";
import { createBadRequest } from "../operations/refusal.ts";
import type { Space } from "../spaces/space.ts";
import type { KnownCredentials } from "../state/credentials.ts";
import { demandAcceptable } from "./fault-limits.ts";
import { demandTime } from "./operations/clock.ts";
import { demandRegistrable, type PreparedRegistration } from "./prepared-state.ts";

/** A state to load: registrations, faults and the clock. */
export type PreparedState = components["schemas"]["State"];

/** The options that decide what can be loaded. */
export interface LoadRules {
  /** Hosts that may be sent to although they are not public. */
  allowsTarget: AllowList;
  /** True if applications and users can be loaded, because authentication is strict. */
  isStrict: boolean;
}

/**
 * Demands that a state can be loaded.
 *
 * @throws {Refusal} 400 of the operation
 */
export function demandLoadable(operation: Operation, state: PreparedState, rules: LoadRules): void {
  demandRegistrable(operation, state.registrations, rules.allowsTarget);
  demandCredentials(operation, state, rules);
  for (const [index, fault] of (state.faults ?? []).entries()) {
    demandAcceptable(operation, fault, index, `faults.${index}.`);
  }
  if (state.clock?.now !== undefined) demandTime(operation, state.clock.now, "clock.now");
}

/**
 * Demands that a state has applications and users only where they mean something, and none of them twice.
 *
 * @throws {Refusal} 400 of the operation
 */
export function demandCredentials(
  operation: Operation,
  { applications, users }: Partial<KnownCredentials>,
  { isStrict }: LoadRules,
): void {
  const given = Object.entries({ applications, users }).find(([, list]) => list !== undefined);
  if (given && !isStrict) throw createBadRequest(operation, `${given[0]}: is for --auth strict only.`);
  const [repeated] = findRepeated({ applications, users });
  if (repeated) throw createBadRequest(operation, `${repeated.path.join(".")}: ${repeated.rule}.`);
}

/** Replaces everything by a state that was demanded to be loadable. When the store cannot be written, nothing changes. */
export function loadState(space: Space, state: PreparedState): void {
  const { registrations, faults = [], clock = {} } = state;
  space.inTransaction(() => {
    space.tokens.clear();
    space.deliveries.clear();
    replaceRegistrations(space, registrations);
  });
  space.credentials.replace(state);
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
