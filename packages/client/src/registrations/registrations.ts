import type { CallOptions } from "../call/call-options.ts";
import type { Operations } from "../generated/operations.ts";
import { type Generation, generations } from "../generated/registrations.ts";
import { findRegistrations, type Registration } from "./find.ts";
import { type Move, type MoveReport, moveRegistration } from "./move.ts";

/** Lists and moves registrations in every generation of the API. */
export interface Registrations {
  /**
   * Returns every registration of an account. Generations that share one registration all show it.
   *
   * @throws {ThingSpaceApiError} when one generation refuses, because an incomplete list looks like a complete one.
   * @example
   * for (const { api, url } of await thingspace.registrations.list("0242078689-00001")) console.log(api, url);
   */
  list(account: string, options?: CallOptions): Promise<Registration[]>;
  /**
   * Registers the URL in another generation, then removes it from the first. If it cannot be removed there, the new
   * registration is removed again. An account that has another URL registered in `to` is left as it is. Failures are in the
   * report and are not thrown. The options apply to each call; after an abort both registrations may be left.
   *
   * @throws {OptionError} for a wrong argument, and for generations that share one registration.
   * @example
   * const { ok, steps } = await thingspace.registrations.move({ account: "0242078689-00001", from: "v1", to: "v3" });
   * if (!ok) console.error(steps);
   */
  move(move: Move, options?: CallOptions): Promise<MoveReport>;
}

/** Creates the view over the operations of one client. */
export function createRegistrations(operations: Operations): Registrations {
  const names = Object.keys(generations) as Generation[];
  return {
    list: async (account, options) => {
      const lists = await Promise.all(
        names.map((api) => findRegistrations(operations, api, account, options)),
      );
      return lists.flat();
    },
    move: async (move, options) => moveRegistration(operations, move, options),
  };
}
