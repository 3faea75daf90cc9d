import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { createDescriber } from "../../deliveries/describe.ts";
import type { DeliveryFilter, DeliveryPage } from "../../deliveries/filter.ts";
import { readWait, waitUntil } from "../../events/wait.ts";
import { type HandlersOf, ok } from "../../operations/handler.ts";

/** The query of `listDeliveries`: what to list, how to page, and how long to wait for it. */
type DeliveryQuery = DeliveryFilter & DeliveryPage & { wait?: string; atLeast: number };

/** The handlers that list and forget deliveries. */
export const deliveryHandlers: Pick<HandlersOf<Control>, "listDeliveries" | "clearDeliveries"> = {
  listDeliveries: async ({ query, space, connection }) => {
    const { deliveries, events } = space;
    const { wait, atLeast, ...filter } = query as unknown as DeliveryQuery;
    const { cursor, limit, offset, ...matching } = filter;
    const isThere = () => deliveries.count(matching, atLeast) >= atLeast;
    await waitUntil(isThere, { events, kind: "delivery", forMs: readWait(wait), connection });
    const page = deliveries.list(filter);
    return ok({ ...page, deliveries: page.deliveries.map(createDescriber(space)) });
  },
  clearDeliveries: ({ space }) => {
    const forgotten = space.deliveries.clear();
    space.queue.forget();
    return ok({ forgotten });
  },
};
