import type { Call } from "./call.ts";
import { sessionHeader } from "./generated/operations.ts";
import { timed } from "./timed.ts";
import type { StoredToken } from "./token-store.ts";
import type { Transport } from "./transport.ts";

/** The header of each kind of token, and what stands before it. */
const ways = {
  session: { name: sessionHeader, prefix: "" },
  access: { name: "authorization", prefix: "Bearer " },
  key: { name: "authorization", prefix: "Basic " },
} as const;

/**
 * Puts tokens into the headers of a call; after an attempt, others. Those that its caller has given stay.
 *
 * @returns whether the headers have changed; a promise only if a token has to be waited for.
 */
export function renew(call: Call, slotOf: Transport["slotOf"]): boolean | Promise<boolean> {
  const { tokens, signal, sent, info } = call;
  signal?.throwIfAborted();
  // All are dropped before one is asked for: which of them the service refused is not documented, and logging in
  // needs an access token.
  for (const kind of tokens) if (sent[kind]) slotOf(kind, info).drop(sent[kind]);
  return authorize(call, slotOf, false, 0);
}

function authorize(
  call: Call,
  slotOf: Transport["slotOf"],
  isChanged: boolean,
  at: number,
): boolean | Promise<boolean> {
  const { headers, tokens, signal, sent, info } = call;
  const kind = tokens[at];
  if (!kind) return isChanged;
  const { name, prefix } = ways[kind];
  if (name in headers && !sent[kind]) return authorize(call, slotOf, isChanged, at + 1);
  const put = (token: StoredToken) => {
    const value = prefix + token.token;
    const isNew = headers[name] !== value;
    sent[kind] = token;
    headers[name] = value;
    return authorize(call, slotOf, isChanged || isNew, at + 1);
  };
  const token = slotOf(kind, info).get();
  return token instanceof Promise ? timed(undefined, signal, () => token).then(put) : put(token);
}
