import { createApiError } from "./errors.ts";
import type { Outcome } from "./result.ts";

/**
 * Returns the data of a result that is ok.
 *
 * @throws {ThingSpaceApiError} for any other result.
 * @example
 * const { url } = unwrap(await thingspace.v2.listRegisteredCallbacks("0000123456-00001"));
 */
export function unwrap<R extends Outcome>(result: R): Extract<R, { ok: true }>["data"] {
  if (result.ok) return result.data;
  throw createApiError(result.call, result, result.response);
}
