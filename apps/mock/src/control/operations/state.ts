import { redactUrl } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import type { Space } from "../../spaces/space.ts";
import {
  demandLoadable,
  type LoadRules,
  loadState,
  type PreparedState,
  replaceRegistrations,
} from "../load-state.ts";
import { demandRegistrable } from "../prepared-state.ts";

type StateOperation =
  | "getState"
  | "putState"
  | "deleteState"
  | "putRegistrations"
  | "clearRegistrations"
  | "clearTokens";

/** Creates the handlers that show, load and forget what the mock remembers. A reset goes back to the seed. */
export function createStateHandlers(
  rules: LoadRules,
  seed: PreparedState,
): Pick<HandlersOf<Control>, StateOperation> {
  return {
    getState: ({ space }) => ok(describeState(space)),
    putState: ({ operation, body, space }) => {
      demandLoadable(operation, body, rules);
      loadState(space, body);
      return ok(describeState(space));
    },
    deleteState: ({ space }) => {
      loadState(space, seed);
      return ok(describeState(space));
    },
    putRegistrations: ({ operation, body, space }) => {
      demandRegistrable(operation, body.registrations, rules.allowsTarget);
      space.inTransaction(() => replaceRegistrations(space, body.registrations));
      return ok(describeState(space));
    },
    clearRegistrations: ({ space }) => ok({ forgotten: space.registrations.clear() }),
    clearTokens: ({ space }) => ok({ forgotten: space.tokens.clear() }),
  };
}

/** Returns what a space remembers, without passwords. */
function describeState({ registrations }: Space) {
  return {
    registrations: registrations
      .all()
      .map(({ password, ...registration }) => ({ ...registration, url: redactUrl(registration.url) })),
  };
}
