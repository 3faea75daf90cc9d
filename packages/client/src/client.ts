import { type Core, createCore } from "./core.ts";
import { authTable, legacyTable, type Operations, tables, v1Table, v2Table } from "./generated/operations.ts";
import type { ClientOptions } from "./options.ts";
import { createRegistrations, type Registrations } from "./registrations.ts";

export const withRegistrations = (core: Operations & Core): ThingSpaceClient =>
  Object.assign(core, { registrations: createRegistrations(core) });

/** The operations of each API by operationId, parameters in the documents' order, then the body, then options. */
export interface ThingSpaceClient extends Operations, Core {
  /** Finds and moves registrations in any generation. */
  registrations: Registrations;
}

/**
 * Makes a client of the ThingSpace callback APIs. It sends nothing before the first call.
 *
 * @throws {TypeError} when an option is unknown or has a wrong value; the message names it and what was expected.
 * @example
 * const thingspace = createThingSpaceClient({ credentials: { key, secret, username, password } });
 * const result = await thingspace.v2.listRegisteredCallbacks("0000123456-00001");
 * if (result.ok) console.log(result.data.url);
 */
export const createThingSpaceClient = (options: ClientOptions = {}): ThingSpaceClient =>
  withRegistrations(createCore(tables, options).core);

/** A client of V1 alone. */
export type V1Client = Core & Pick<Operations, "v1" | "auth">;

/** Like {@link createThingSpaceClient}, of V1 alone and without `registrations`: where bytes count. */
export const createV1Client = (options: ClientOptions = {}): V1Client =>
  createCore({ v1: v1Table, auth: authTable }, options).core;

/** A client of V2 alone. */
export type V2Client = Core & Pick<Operations, "v2" | "auth">;

/** Like {@link createThingSpaceClient}, of V2 alone and without `registrations`: where bytes count. */
export const createV2Client = (options: ClientOptions = {}): V2Client =>
  createCore({ v2: v2Table, auth: authTable }, options).core;

/** A client of legacy alone. */
export type LegacyClient = Core & Pick<Operations, "legacy" | "auth">;

/** Like {@link createThingSpaceClient}, of legacy alone and without `registrations`: where bytes count. */
export const createLegacyClient = (options: ClientOptions = {}): LegacyClient =>
  createCore({ legacy: legacyTable, auth: authTable }, options).core;
