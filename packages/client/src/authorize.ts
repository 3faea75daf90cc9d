import type { Call } from "./call.ts";
import { sessionHeader } from "./generated/operations.ts";
import type { Transport } from "./transport.ts";

/** The header of each kind of token, and what stands before it. */
const ways = {
  session: [sessionHeader, ""],
  access: ["authorization", "Bearer "],
  key: ["authorization", "Basic "],
} as const;

/**
 * Puts tokens into the headers of a call; those that the caller has given stay. Called again, it gets others first.
 *
 * @returns whether the headers have changed.
 */
export async function authorize(call: Call, slotOf: Transport["slotOf"]): Promise<boolean> {
  const { headers, tokens, info, sent = {} } = call;
  // All are dropped before one is asked for: which of them the service refused is not documented, and logging in
  // needs an access token.
  for (const kind of tokens) if (sent[kind]) slotOf(kind, info).drop(sent[kind]);
  call.sent = {};
  let isChanged = false;
  for (const kind of tokens) {
    const [name, prefix] = ways[kind];
    if (name in headers && !sent[kind]) continue;
    const token = await slotOf(kind, info).get();
    call.sent[kind] = token;
    const value = prefix + token.token;
    isChanged ||= headers[name] !== value;
    headers[name] = value;
  }
  return isChanged;
}
