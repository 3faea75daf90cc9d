import { redactText, redactUrl } from "@thingspace-callbacks/contract";
import type { Delivery } from "../deliveries/delivery.ts";
import { createDescriber } from "../deliveries/describe.ts";
import type { Attempt } from "../deliveries/sender.ts";
import type { Space } from "../spaces/space.ts";
import { describeClock } from "../state/clock.ts";
import type { SpaceEvent } from "./events.ts";
import type { RegistrationChange } from "./registrations.ts";

/** An attempt that has ended, and the members of its delivery that never change and are shown with it. */
interface AttemptMade {
  delivery: Pick<Delivery, "id" | "api" | "account" | "type" | "url" | "repeats">;
  attempt: Attempt & { at: string };
}

/** Returns the detail of an event about an attempt: without the message, which would be kept as long as the event. */
export function noteAttempt(delivery: Delivery, attempt: AttemptMade["attempt"]): AttemptMade {
  const { id, api, account, type, url, repeats } = delivery;
  return { delivery: { id, api, account, type, url, repeats }, attempt };
}

/**
 * Returns the data of an event, without secrets; undefined when what it is about is not kept any more. Most events are
 * never described, because nobody follows them: so they hold no more than an id where that is enough.
 */
export function describeEvent({ kind, detail }: SpaceEvent, space: Space): object | undefined {
  switch (kind) {
    case "request":
      return space.journal.get(detail as number);
    case "delivery": {
      const delivery = space.deliveries.get(detail as number);
      return delivery && createDescriber(space)(delivery);
    }
    case "attempt":
      return describeAttempt(detail as AttemptMade);
    case "registration":
      return describeRegistration(detail as RegistrationChange, space);
    case "fault":
      return detail as object;
    case "clock":
      return describeClock(space.clock);
    case "reset":
      return {};
  }
}

function describeAttempt({
  delivery: { id, api, account, type, url, repeats },
  attempt,
}: AttemptMade): object {
  return { delivery: id, api, account, type: redactText(type), url: redactUrl(url), repeats, ...attempt };
}

function describeRegistration(change: RegistrationChange, { registrations }: Space): object {
  const { action, api = "", account = "" } = change;
  if (action !== "put") return change;
  const registration = registrations.get(api, account);
  return registration ? { ...change, url: redactUrl(registration.url) } : change;
}
