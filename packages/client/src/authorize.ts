import type { Call } from "./call.ts";
import { sessionHeader } from "./generated/operations.ts";
import type { TokenKind } from "./table.ts";
import type { StoredToken } from "./token-store.ts";
import type { Transport } from "./transport.ts";

/** The header of each kind of token, and what stands before it. */
const ways = {
  session: [sessionHeader, ""],
  access: ["authorization", "Bearer "],
  key: ["authorization", "Basic "],
} as const;

/** The kinds of tokens that a call needs and its caller has not given. */
export const lacking = ({ tokens, headers }: Call): TokenKind[] =>
  tokens.filter((kind) => !(ways[kind][0] in headers));

/**
 * Puts tokens of these kinds into the headers of a call.
 *
 * @returns whether the headers have changed; a promise only if a token has to be waited for.
 */
export function authorize(
  call: Call,
  kinds: TokenKind[],
  slotOf: Transport["slotOf"],
  isChanged = false,
  at = 0,
): boolean | Promise<boolean> {
  const kind = kinds[at];
  if (!kind) return isChanged;
  const { headers, sent, info } = call;
  const put = (token: StoredToken) => {
    const [name, prefix] = ways[kind];
    const value = prefix + token.token;
    const isNew = headers[name] !== value;
    sent[kind] = token;
    headers[name] = value;
    return authorize(call, kinds, slotOf, isChanged || isNew, at + 1);
  };
  const token = slotOf(kind, info).get();
  return token instanceof Promise ? token.then(put) : put(token);
}
