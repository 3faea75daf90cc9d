import { findMember, getLimit, getOperation, getSuccess } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import type { Delivery } from "../../deliveries/delivery.ts";
import type { DeliveryFilter } from "../../deliveries/filter.ts";
import type { HandlerRequest, HandlersOf } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import { findRecipient } from "../recipient.ts";

/** Which messages to send again: that of one delivery, or those of all that match. */
type Selection = DeliveryFilter & { id?: number };

const accepted = getSuccess(getOperation("control", "redeliver")).response.body?.schema ?? {};
/** Maximum number of deliveries to send again at once. */
const maxCount = getLimit(findMember(accepted, "deliveries"), "maxItems");

/** The handler that sends messages again. */
export const redeliveryHandlers: Pick<HandlersOf<Control>, "redeliver"> = {
  redeliver: (request) => {
    const { space } = request;
    const again = findDeliveries(request).map((delivery) => repeat(delivery, request));
    const ids = space.deliveries.accept(again);
    for (const { account } of again) space.queue.wake(account);
    return { status: 202, body: { deliveries: ids } };
  },
};

/** Returns the deliveries to send again, the oldest first. */
function findDeliveries({ operation, body, space }: HandlerRequest<Selection>): Delivery[] {
  const { id, ...filter } = body;
  if (id === undefined) {
    const { deliveries, total } = space.deliveries.list({ ...filter, limit: maxCount, offset: 0 });
    if (total <= maxCount) return deliveries.reverse();
    throw createBadRequest(operation, `body: matches ${total} deliveries, must match at most ${maxCount}.`);
  }
  if (Object.keys(filter).length > 0) {
    throw createBadRequest(operation, `id: must not be given with ${Object.keys(filter).join(", ")}.`);
  }
  const delivery = space.deliveries.get(id);
  if (!delivery)
    throw createBadRequest(operation, `id: no delivery in the space ${space.name} has the id ${id}.`);
  return [delivery];
}

/** Returns a new delivery of the same message, to the URL that is registered now. */
function repeat({ id, api, account, type, message }: Delivery, request: HandlerRequest) {
  const { registration } = findRecipient({ ...request, body: { api, account } });
  const { clock } = request.space;
  const url = registration.url;
  return { api, account, url, type, message, acceptedAt: clock.now(), dueAt: clock.ticks(), repeats: id };
}
