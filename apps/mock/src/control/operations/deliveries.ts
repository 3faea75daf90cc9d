import { redactText, redactUrl } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import type { Delivery, DeliveryFilter } from "../../deliveries/store.ts";
import { type HandlersOf, ok } from "../../operations/handler.ts";

/** The handlers that list and forget deliveries. */
export const deliveryHandlers: Pick<HandlersOf<Control>, "listDeliveries" | "clearDeliveries"> = {
  listDeliveries: ({ query, space }) => {
    const { deliveries, total } = space.deliveries.list(query as unknown as DeliveryFilter);
    return ok({ total, deliveries: deliveries.map(describeDelivery) });
  },
  clearDeliveries: ({ space }) => {
    const forgotten = space.deliveries.clear();
    space.queue.forget();
    return ok({ forgotten });
  },
};

/** Returns a delivery as it is shown: without its message, and without secrets. */
export function describeDelivery({ message, dueAt, acceptedAt, ...delivery }: Delivery) {
  return {
    ...delivery,
    type: redactText(delivery.type),
    url: redactUrl(delivery.url),
    acceptedAt: new Date(acceptedAt).toISOString(),
  };
}
