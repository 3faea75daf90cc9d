import { type Answer, attempt, tooLong } from "./attempt.ts";
import { authorize } from "./authorize.ts";
import type { Call } from "./call.ts";
import { type CallInfo, redacted } from "./call-info.ts";
import { ThingSpaceNetworkError, ThingSpaceTimeoutError } from "./errors.ts";
import type { Tellers } from "./hooks.ts";
import type { ClientOptions } from "./options.ts";
import { isPassing, isUnknown, pauseMs } from "./pause.ts";
import type { Slot } from "./slot.ts";
import type { Row } from "./table.ts";
import { untilAborted } from "./until-aborted.ts";

/** What the calls of a client have in common. */
export interface Transport {
  fetch: ClientOptions["fetch"];
  retries: number;
  timeoutMs: number;
  hooks: Tellers;
  /** @throws {ThingSpaceCredentialsError} when the credentials have none. */
  slotOf(kind: Row[2], info: CallInfo): Slot;
  /** What takes the secrets of a call with these headers out of a text. */
  redaction(headers: Record<string, string>): (text: string) => string;
}

/**
 * Sends a call until its answer is final, and reads it.
 *
 * @throws {ThingSpaceNetworkError | ThingSpaceTimeoutError} when the last attempt got no answer; the signal's reason when
 * it is aborted; what getting the tokens throws.
 */
export async function send(call: Call, transport: Transport): Promise<Answer> {
  const { operationId, info, signal, headers, timeoutMs = transport.timeoutMs } = call;
  const { fetch, retries, slotOf, hooks } = transport;
  const renew = () => untilAborted(() => authorize(call, slotOf), signal);
  await renew();

  let isRenewed = false;
  for (let retry = 0; ; ) {
    info.attempts++;
    hooks.onRequest?.(call, headers, {});
    const begin = Date.now();
    let answer: Answer | undefined;
    let error: unknown;
    try {
      answer = await attempt(call, fetch, timeoutMs);
      const { response } = answer;
      hooks.onResponse?.(call, response.headers, {
        status: response.status,
        durationMs: Date.now() - begin,
      });
    } catch (reason) {
      signal?.throwIfAborted();
      error = reason;
    }

    const status = answer?.response.status;
    let delayMs = 0;
    if (answer && status === 401 && !isRenewed) {
      isRenewed = true;
      if (!(await renew())) return answer;
    } else if (isPassing(status) && retry < retries && !(operationId === "logIn" && isUnknown(status))) {
      delayMs = pauseMs(++retry, answer?.response.headers);
    } else if (answer) {
      return answer;
    } else if (error === tooLong) {
      throw new ThingSpaceTimeoutError(info, timeoutMs);
    } else {
      throw lost(error, info);
    }
    hooks.onRetry?.(call, headers, { delayMs, status });
    if (delayMs) await wait(delayMs, signal);
  }
}

/** What errors of `fetch` have in Node.js; elsewhere only a message. */
interface Thrown {
  message?: string;
  code?: unknown;
  cause?: { message?: string; code?: unknown };
}

function lost(error: unknown, info: CallInfo): Error {
  // Only text of it is kept: it is not ours, and may hold the request with its headers.
  const { message = String(error), code, cause } = (error ?? {}) as Thrown;
  const reason = redacted(info, [message, cause?.message].filter(Boolean).join(": "));
  const name = code ?? cause?.code;
  return new ThingSpaceNetworkError(info, reason, typeof name === "string" ? name : undefined);
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  return untilAborted(
    () =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
    signal,
  ).finally(() => clearTimeout(timer));
}
