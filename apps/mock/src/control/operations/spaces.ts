import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import type { SpaceInUse, Spaces } from "../../spaces/spaces.ts";

/** Creates the handlers that list and delete spaces. */
export function createSpaceHandlers(spaces: Spaces): Pick<HandlersOf<Control>, "listSpaces" | "deleteSpace"> {
  return {
    listSpaces: () => ok({ spaces: spaces.list().map(describeSpace) }),
    deleteSpace: ({ operation, path: { name = "" } }) => {
      if (name === spaces.default.name) {
        throw createBadRequest(operation, "name: must not be that of the default space; reset it instead.");
      }
      if (!spaces.drop(name)) throw createBadRequest(operation, `name: there is no space ${name}.`);
      return ok({ spaces: spaces.list().map(describeSpace) });
    },
  };
}

function describeSpace({ space: { name, registrations, deliveries }, usedAt }: SpaceInUse) {
  return {
    name,
    usedAt: new Date(usedAt).toISOString(),
    registrations: registrations.all().length,
    pendingDeliveries: deliveries.count({ status: "pending" }, Number.MAX_SAFE_INTEGER),
  };
}
