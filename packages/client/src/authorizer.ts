import { sessionHeader } from "./generated/operations.ts";
import type { Slot } from "./slot.ts";
import type { Row } from "./table.ts";
import type { StoredToken } from "./token-store.ts";

/** The header of each kind of token, and what stands before it. */
const ways = {
  session: [sessionHeader, ""],
  access: ["Authorization", "Bearer "],
  key: ["Authorization", "Basic "],
} as const;

/** Puts tokens into the headers; called again, it gets others first. @returns whether the headers have changed. */
export type Authorizer = () => Promise<boolean>;

/** The authorizer of one call. Headers that the caller has given stay. */
export function createAuthorizer(
  headers: Headers,
  security: Row[2],
  slotOf: (kind: Row[2]) => Slot,
): Authorizer {
  // The session first, because logging in may find out that the access token has to be renewed.
  const kinds = security === "session" ? ([security, "access"] as const) : [security];
  const missing = kinds.filter((kind) => !headers.has(ways[kind][0]));
  let sent: { slot: Slot; token: StoredToken }[] = [];
  return async () => {
    // All are dropped before one is asked for: which of them the service refused is not documented, and logging in
    // needs an access token.
    for (const { slot, token } of sent) slot.drop(token);
    sent = [];
    let isChanged = false;
    for (const kind of missing) {
      const [name, prefix] = ways[kind];
      const slot = slotOf(kind);
      const token = await slot.get();
      sent.push({ slot, token });
      const value = prefix + token.token;
      if (headers.get(name) === value) continue;
      headers.set(name, value);
      isChanged = true;
    }
    return isChanged;
  };
}
