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
 * Puts tokens into the headers of a call. Those that its caller has given stay.
 *
 * @returns whether the headers have changed; a promise only if a token has to be waited for.
 */
export function authorize(
  call: Call,
  slotOf: Transport["slotOf"],
  isChanged = false,
  at = 0,
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
