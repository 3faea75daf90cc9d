import type { CallOptions } from "../call/call-options.ts";
import type { Operations } from "../generated/operations.ts";
import { type Generation, generations } from "../generated/registrations.ts";
import { unwrap } from "../result/unwrap.ts";
import type { Listed } from "./generation.ts";

/** A registered callback, as one generation of the API shows it. */
export interface Registration {
  api: Generation;
  /** As the service lists it; if it lists none, as the caller gave it. */
  account: string;
  /** Name of the callback service; undefined for a generation without one. */
  service: string | undefined;
  url: string;
}

/**
 * Returns the registrations that one generation shows for an account.
 *
 * @throws {ThingSpaceApiError} when the service refuses to list them.
 */
export async function findRegistrations(
  operations: Operations,
  api: Generation,
  account: string,
  options?: CallOptions,
): Promise<Registration[]> {
  const listed: Listed | Listed[] = unwrap(await generations[api].list(operations, account, options));
  return [listed]
    .flat()
    .flatMap(({ aname, name, url }) => (url ? [{ api, account: aname ?? account, service: name, url }] : []));
}
