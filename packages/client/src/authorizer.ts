import { sessionHeader } from "./generated/operations.ts";
import type { Slot } from "./slot.ts";
import type { Row } from "./table.ts";
import type { StoredToken } from "./token-store.ts";

/** Puts tokens into a request's headers; called again, it gets others first. @returns whether the headers have changed. */
export type Authorizer = (request: { headers: Headers }) => Promise<boolean>;

/** The authorizer of one call. Headers that the caller has given stay. */
export function createAuthorizer(
  security: Row[2],
  slotOf: (kind: "key" | "access" | "session") => Slot,
): Authorizer {
  let parts:
    | { name: string; kind: Row[2]; prefix: string; slot?: Slot; token?: StoredToken; value?: string }[]
    | undefined;
  return async ({ headers }) => {
    parts ??= [
      // First, because logging in may find out that the access token has to be renewed.
      ...(security === "session" ? [{ name: sessionHeader, kind: security, prefix: "" }] : []),
      security === "key"
        ? { name: "Authorization", kind: security, prefix: "Basic " }
        : { name: "Authorization", kind: "access" as const, prefix: "Bearer " },
    ].filter(({ name }) => !headers.has(name));
    // All are dropped before one is asked for: which of them the service refused is not documented, and logging in
    // needs an access token.
    for (const { slot, token } of parts) if (token) slot?.drop(token);
    let isChanged = false;
    for (const part of parts) {
      part.slot = slotOf(part.kind);
      part.token = await part.slot.get();
      const value = part.prefix + part.token.token;
      if (value === part.value) continue;
      part.value = value;
      headers.set(part.name, value);
      isChanged = true;
    }
    return isChanged;
  };
}
