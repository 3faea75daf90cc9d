import type { Call } from "../call/call.ts";
import type { TokenKind } from "../call/table.ts";
import { sessionHeader } from "../generated/operations.ts";
import type { Transport } from "./send.ts";

/** The header of each kind of token, and what stands before it. */
const tokenHeaders = {
  session: { name: sessionHeader, prefix: "" },
  access: { name: "authorization", prefix: "Bearer " },
  key: { name: "authorization", prefix: "Basic " },
} as const;

/**
 * Puts tokens into the headers of a call; instead of those that the service refused, others. Tokens that the caller
 * has given as headers stay.
 *
 * The tokens themselves come from calls of this client: a login is a call that needs an access token, and the request
 * for that one needs key and secret only, which ends the recursion.
 *
 * @returns whether the headers have changed.
 */
export async function renewTokens(
  { headers, tokens, signal, sent, info }: Call,
  slotOf: Transport["slotOf"],
  refused: readonly TokenKind[],
): Promise<boolean> {
  signal?.throwIfAborted();
  // All are dropped before one is asked for, because logging in needs an access token.
  for (const kind of refused) if (sent[kind]) slotOf(kind, info).drop(sent[kind]);
  let hasChanged = false;
  for (const kind of tokens) {
    const { name, prefix } = tokenHeaders[kind];
    const isCallers = name in headers && !sent[kind];
    if (isCallers) continue;
    const got = slotOf(kind, info).get(signal);
    // Without a wait the call stays as fast as a plain fetch.
    const token = got instanceof Promise ? await got : got;
    const value = prefix + token.token;
    hasChanged ||= headers[name] !== value;
    sent[kind] = token;
    headers[name] = value;
  }
  return hasChanged;
}
