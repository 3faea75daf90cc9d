import { mayHaveFailed } from "../auth/login-limit.ts";
import type { Call, ReadResponse } from "../call/call.ts";
import { delay } from "../call/delay.ts";
import { callHook } from "../call/hooks.ts";
import { getDelayMs, isRetryable } from "../call/retry.ts";
import { type Attempted, attempt } from "./attempt.ts";
import { authorize, renewTokens } from "./authorize.ts";
import { findRefusedTokens } from "./refused-tokens.ts";
import type { Transport } from "./transport.ts";

/**
 * Sends a call until its response is final.
 *
 * @throws {ThingSpaceNetworkError | ThingSpaceTimeoutError} when the last attempt got no response.
 * @throws the signal's reason when it is aborted; the error of a token request.
 */
export async function send(call: Call, transport: Transport): Promise<ReadResponse> {
  const { retries = 2, onRetry } = transport.options;
  await authorize(call, transport);

  let retry = 0;
  let isRenewed = false;
  for (;;) {
    const attempted = await attempt(call, transport);
    const refused = isRenewed ? [] : findRefusedTokens(call, attempted);
    let delayMs = 0;
    let isFinal = false;
    if (refused.length > 0) {
      isRenewed = true;
      const hasOtherTokens = await renewTokens(call, transport, refused);
      isFinal = !hasOtherTokens;
    } else if (retry < retries && mayRetry(call, attempted)) {
      delayMs = getDelayMs(retry, attempted.response?.headers);
      retry += 1;
    } else {
      isFinal = true;
    }
    if (isFinal) {
      if (attempted.error) throw attempted.error;
      return attempted;
    }
    callHook(onRetry, call, call.headers, { delayMs, status: attempted.status });
    if (delayMs > 0) await delay(delayMs, call.signal);
  }
}

function mayRetry({ operationId }: Call, attempted: Attempted): boolean {
  // A login that may have failed is not retried: the next call decides.
  if (operationId === "logIn" && mayHaveFailed(attempted)) return false;
  return isRetryable(attempted.status);
}
