import { getGeneration } from "@thingspace-callbacks/contract";
import type { Recipient } from "../deliveries/messages.ts";
import type { HandlerRequest } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";

/**
 * Returns the account of a request with what is registered for it now.
 *
 * @throws {Refusal} 400 of the operation when nothing is
 */
export function findRecipient({
  operation,
  body: { api, account },
  space,
}: HandlerRequest<{ api: string; account: string }>): Recipient {
  const registration = space.registrations.get(getGeneration(api).registration, account);
  if (!registration) throw createRefusal(operation, "callbackNotRegistered");
  return { api, account, registration };
}
