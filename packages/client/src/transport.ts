import { type Answer, attempt } from "./attempt.ts";
import { renew } from "./authorize.ts";
import type { Call } from "./call.ts";
import { type CallInfo, redacted } from "./call-info.ts";
import { ThingSpaceNetworkError, ThingSpaceTimeoutError } from "./errors.ts";
import { tell } from "./hooks.ts";
import type { ClientOptions } from "./options.ts";
import { isPassing, isUnknown, pauseMs } from "./pause.ts";
import type { Slot } from "./slot.ts";
import type { TokenKind } from "./table.ts";
import { timed, tooLong } from "./timed.ts";

/** What the calls of a client have in common. */
export interface Transport {
  options: ClientOptions;
  /** @throws {ThingSpaceCredentialsError} when the credentials have none. */
  slotOf(kind: TokenKind, info: CallInfo): Slot;
  /** The credentials that were given last, in every form in which they are sent. */
  secrets: unknown[];
}

/**
 * Sends a call until its answer is final, reads it, and makes of it what is wanted.
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
  const { options, slotOf } = transport;
  const { fetch, retries = 2, onRequest, onResponse, onRetry } = options;
  const { operationId, headers, timeoutMs = options.timeoutMs ?? 10_000, signal, info } = call;
  await renew(call, slotOf);

  let isRenewed = false;
  for (let retry = 0; ; ) {
    info.attempts++;
    if (onRequest) tell(onRequest, call, headers, {});
    const begin = onResponse && Date.now();
    let answer: Answer | undefined;
    let error: unknown;
    try {
      answer = await attempt(call, fetch, timeoutMs);
    } catch (reason) {
      signal?.throwIfAborted();
      error = reason;
    }
    const response = answer?.response;
    const status = response?.status;
    if (onResponse && response) {
      tell(onResponse, call, response.headers, {
        status: response.status,
        durationMs: Date.now() - (begin as number),
      });
    }

    let delayMs = 0;
    if (answer && status === 401 && !isRenewed) {
      isRenewed = true;
      if (!(await renew(call, slotOf))) return finish(answer, call);
    } else if (isPassing(status) && retry < retries && !(operationId === "logIn" && isUnknown(status))) {
      delayMs = pauseMs(retry++, response?.headers);
    } else if (answer) {
      return finish(answer, call);
    } else {
      throw lost(error, call, timeoutMs);
    }
    if (onRetry) tell(onRetry, call, headers, { delayMs, status });
    if (delayMs) await timed(delayMs, signal);
  }
}

function lost(error: unknown, { info }: Call, timeoutMs: number): Error {
  if (error === tooLong) {
    return new ThingSpaceTimeoutError(info, `got no answer within ${timeoutMs} ms.`, { timeoutMs });
  }
  // Node.js tells more in the cause. Only text is kept: it is not ours, and may hold the request with its headers.
  const { cause = error } = (error ?? {}) as { cause?: unknown };
  const { code, message = cause } = (cause ?? {}) as { code?: unknown; message?: unknown };
  return new ThingSpaceNetworkError(info, `got no answer: ${redacted(info, `${message || code}`)}`, {
    code: typeof code === "string" ? code : undefined,
  });
}
