import { generations, getGeneration } from "@thingspace-callbacks/contract";
import type { Recipient } from "../deliveries/messages.ts";
import type { HandlerRequest } from "../operations/handler.ts";
import { createRefusal } from "../operations/refusal.ts";
import type { Space } from "../spaces/space.ts";

/**
 * Returns the account of a request with what is registered for it now.
 *
 * @throws {Refusal} 400 of the operation when nothing is, which says where the account has a registration
 */
export function findRecipient({
  operation,
  body: { api, account },
  space,
}: HandlerRequest<{ api: string; account: string }>): Recipient {
  const registration = space.registrations.get(getGeneration(api).registration, account);
  if (registration) return { api, account, registration };
  const others = listRegistered(space, account);
  const missing = `No callback is registered in ${api} for the account ${account}, in the space ${space.name}.`;
  const hint = others.length > 0 ? ` It has one in ${others.join(" and ")}.` : "";
  throw createRefusal(operation, "callbackNotRegistered", missing + hint);
}

/** Returns the names of the generations in which an account has a registration. */
function listRegistered({ registrations }: Space, account: string): string[] {
  return generations
    .filter(({ registration }) => registrations.get(registration, account))
    .map(({ name }) => name);
}
