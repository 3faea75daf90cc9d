import { isObject } from "./check.ts";
import { apis } from "./generated/apis.ts";
import type { Api } from "./options.ts";

type Members = { typeMember: string | null; accountMember: string | null };

/** Returns what a message has as its type or its account. Messages of an API that has no such member have none. */
export function getFact(api: Api, message: unknown, fact: keyof Members): unknown {
  const name = (apis[api] as Members)[fact];
  return name !== null && isObject(message) ? message[name] : undefined;
}

/** Returns the documented type of a message, or `other`, for metrics. */
export function getKnownType(api: Api, message: unknown): string {
  const type = getFact(api, message, "typeMember");
  return apis[api].types.find((known) => known === type) ?? "other";
}

/** Returns the account that a message names. */
export function getAccount(api: Api, message: unknown): string | undefined {
  const account = getFact(api, message, "accountMember");
  return typeof account === "string" ? account : undefined;
}
