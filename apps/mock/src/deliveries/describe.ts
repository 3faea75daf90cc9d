import { redactText, redactUrl } from "@thingspace-callbacks/contract";
import type { Clock } from "../state/clock.ts";
import type { Delivery } from "./delivery.ts";
import type { Deliveries } from "./store.ts";

/** The parts of a space that decide when a delivery is attempted. */
interface Sending {
  deliveries: Pick<Deliveries, "next">;
  clock: Pick<Clock, "now" | "ticks">;
}

/**
 * Returns a function that describes deliveries as they are shown: without the message, without secrets, and, while they are
 * pending, with the time of the next attempt or the delivery that is sent before. It looks once for the first delivery of
 * an account, so that it must not be kept.
 */
export function createDescriber({ deliveries, clock }: Sending) {
  const firsts = new Map<string, Delivery | undefined>();
  const findFirst = (account: string) => {
    if (!firsts.has(account)) firsts.set(account, deliveries.next(account));
    return firsts.get(account);
  };
  const describeAttempt = ({ dueAt }: Delivery) => ({
    nextAttemptAt: new Date(clock.now() + dueAt - clock.ticks()).toISOString(),
  });

  return ({ message, dueAt, acceptedAt, ...delivery }: Delivery) => {
    const first = delivery.status === "pending" ? findFirst(delivery.account) : undefined;
    return {
      ...delivery,
      type: redactText(delivery.type),
      url: redactUrl(delivery.url),
      acceptedAt: new Date(acceptedAt).toISOString(),
      ...(first?.id === delivery.id && describeAttempt(first)),
      ...(first &&
        first.id !== delivery.id && {
          waitsBehind: { id: first.id, api: first.api, ...describeAttempt(first) },
        }),
    };
  };
}
