import { type AttemptEnd, mayHaveFailed } from "../auth/login-limit.ts";
import type { Slot } from "../auth/token-source.ts";
import type { Call } from "../call/call.ts";
import type { CallInfo } from "../call/call-info.ts";
import { tell } from "../call/hooks.ts";
import { isRetryable, pauseMs } from "../call/retry.ts";
import type { TokenKind } from "../call/table.ts";
import { timed, tooLong } from "../call/timeout.ts";
import type { ClientOptions } from "../options.ts";
import { ThingSpaceTimeoutError } from "../result/errors.ts";
import { type Answer, attempt } from "./attempt.ts";
import { renewTokens } from "./authorize.ts";
import { toNetworkError } from "./network-error.ts";
import { isSessionRefusal } from "./session-refusal.ts";

/** What the calls of a client have in common. */
export interface Transport {
  options: ClientOptions;
  /** @throws {ThingSpaceCredentialsError} when the credentials have none. */
  slotOf(kind: TokenKind, info: CallInfo): Slot;
  /** The credentials that were given last, in every form in which they are sent. */
  secrets: unknown[];
  /** Watches the attempts of the requests that get the tokens. */
  watch?: WatchAttempt;
}

/** Is called before an attempt; the function that it returns is called with the attempt's end. */
export type WatchAttempt = (call: Call) => ((end: AttemptEnd) => void) | undefined;

export const defaultTimeoutMs = 10_000;

/**
 * Sends a call until its answer is final, and returns what `finish` makes of it.
 *
 * @throws what the two functions throw.
 * @throws {ThingSpaceNetworkError | ThingSpaceTimeoutError} when the last attempt got no answer; the signal's reason when
 * it is aborted; what getting the tokens throws.
 */
export async function send<T>(
  prepare: () => Call,
  transport: Transport,
  finish: (answer: Answer, call: Call) => T,
): Promise<T> {
  const call = prepare();
  const { options, slotOf, watch } = transport;
  const { fetch, retries = 2, onRequest, onResponse, onRetry } = options;
  const { operationId, headers, timeoutMs = options.timeoutMs ?? defaultTimeoutMs, signal, info } = call;
  await renewTokens(call, slotOf, []);

  let isRenewed = false;
  for (let retry = 0; ; ) {
    info.attempts++;
    if (onRequest) tell(onRequest, call, headers, {});
    const begin = onResponse && Date.now();
    const noteEnd = watch?.(call);
    let answer: Answer | undefined;
    let error: Error | undefined;
    let isUnsent = false;
    try {
      answer = await attempt(call, fetch, timeoutMs);
    } catch (thrown) {
      signal?.throwIfAborted();
      if (thrown === tooLong) {
        error = new ThingSpaceTimeoutError(info, `got no answer within ${timeoutMs} ms.`, { timeoutMs });
      } else {
        const networkError = toNetworkError(thrown, info);
        ({ isUnsent } = networkError);
        error = networkError;
      }
    }
    const response = answer?.response;
    const status = response?.status;
    const end: AttemptEnd = { status, isUnsent };
    noteEnd?.(end);
    if (onResponse && response) {
      tell(onResponse, call, response.headers, {
        status: response.status,
        durationMs: Date.now() - (begin as number),
      });
    }

    const refused = answer && !isRenewed ? findRefusedTokens(call, answer) : [];
    // A login that may have failed is not repeated: the next call decides.
    const mayRetry =
      isRetryable(status) && retry < retries && !(operationId === "logIn" && mayHaveFailed(end));
    let delayMs = 0;
    if (answer && refused.length > 0) {
      isRenewed = true;
      const hasOthers = await renewTokens(call, slotOf, refused);
      if (!hasOthers) return finish(answer, call);
    } else if (mayRetry) {
      delayMs = pauseMs(retry++, response?.headers);
    } else if (answer) {
      return finish(answer, call);
    } else {
      throw error;
    }
    if (onRetry) tell(onRetry, call, headers, { delayMs, status });
    if (delayMs) await timed(delayMs, signal);
  }
}

/** Returns the kinds of tokens that an answer may have refused. The sources do not say which of them a 401 means. */
function findRefusedTokens({ tokens }: Call, { response, text }: Answer): readonly TokenKind[] {
  if (response.status === 401) return tokens;
  const isSession = tokens.includes("session") && response.status === 400 && isSessionRefusal(text);
  return isSession ? ["session"] : [];
}
