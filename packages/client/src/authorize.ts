import type { Call } from "./call.ts";
import { sessionHeader } from "./generated/operations.ts";
import type { Transport } from "./transport.ts";

/** The header of each kind of token, and what stands before it. */
const ways = {
  session: [sessionHeader, ""],
  access: ["authorization", "Bearer "],
  key: ["authorization", "Basic "],
} as const;

/** The session first, because logging in may find out that the access token has to be renewed. */
const kinds = { session: ["session", "access"], access: ["access"], key: ["key"] } as const;

/**
 * Puts tokens into the headers of a call; those that the caller has given stay. Called again, it gets others first.
 *
 * @returns whether the headers have changed.
 */
export async function authorize(call: Call, slotOf: Transport["slotOf"]): Promise<boolean> {
  const { headers, info, sent } = call;
  // All are dropped before one is asked for: which of them the service refused is not documented, and logging in
  // needs an access token.
  sent?.forEach(({ slot, token }) => {
    slot.drop(token);
  });
  call.sent = [];
  let isChanged = false;
  for (const kind of kinds[call.security]) {
    const [name, prefix] = ways[kind];
    if (name in headers && !sent?.some((other) => other.kind === kind)) continue;
    const slot = slotOf(kind, info);
    const token = await slot.get();
    call.sent.push({ kind, slot, token });
    const value = prefix + token.token;
    isChanged ||= headers[name] !== value;
    headers[name] = value;
  }
  return isChanged;
}
