import type { Call } from "../call/call.ts";
import type { TokenKind } from "../call/operation.ts";
import { tokenHeaders } from "../generated/facts.ts";
import type { Transport } from "./transport.ts";

/**
 * Puts the tokens that a call needs into its headers. Tokens that the caller gave as headers stay.
 *
 * @returns true if a header has changed.
 */
export async function authorize(call: Call, { getTokenSource }: Transport): Promise<boolean> {
  const { headers, tokens, signal, sent, info } = call;
  let hasChanged = false;
  for (const kind of tokens) {
    signal?.throwIfAborted();
    const { name, prefix } = tokenHeaders[kind];
    const isGivenByCaller = name in headers && !sent[kind];
    if (isGivenByCaller) continue;
    const got = getTokenSource(kind, info).get(signal);
    // Waiting also for a token that is there already would slow down every call.
    const token = got instanceof Promise ? await got : got;
    const value = prefix + token.token;
    hasChanged ||= headers[name] !== value;
    sent[kind] = token;
    headers[name] = value;
  }
  return hasChanged;
}

/**
 * Replaces the tokens that the service refused.
 *
 * @returns false if the new tokens are the refused ones, so that there is no use in sending the call again.
 */
export async function renewTokens(
  call: Call,
  transport: Transport,
  refused: readonly TokenKind[],
): Promise<boolean> {
  // All are dropped before one is requested, because logging in needs an access token.
  for (const kind of refused) {
    const token = call.sent[kind];
    if (token) transport.getTokenSource(kind, call.info).drop(token);
  }
  return authorize(call, transport);
}
