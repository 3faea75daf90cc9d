import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type HandlersOf, ok } from "../../operations/handler.ts";

/** The handlers that list and forget the requests that came in and went out. */
export const requestHandlers: Pick<HandlersOf<Control>, "listRequests" | "clearRequests"> = {
  listRequests: ({ query, space }) => ok(space.journal.list(query as { limit: number; offset: number })),
  clearRequests: ({ space }) => ok({ forgotten: space.journal.clear() }),
};
