import { redactText, redactUrl } from "@thingspace-callbacks/contract";
import type { Delivery } from "./delivery.ts";

/** Returns a delivery as it is shown: without its message, and without secrets. */
export function describeDelivery({ message, dueAt, acceptedAt, ...delivery }: Delivery) {
  return {
    ...delivery,
    type: redactText(delivery.type),
    url: redactUrl(delivery.url),
    acceptedAt: new Date(acceptedAt).toISOString(),
  };
}
