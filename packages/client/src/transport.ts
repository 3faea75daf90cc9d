import { type Answer, attempt, tooLong } from "./attempt.ts";
import type { Authorizer } from "./authorizer.ts";
import type { Draft, SendDraft } from "./draft.ts";
import { ThingSpaceNetworkError, ThingSpaceTimeoutError } from "./errors.ts";
import { type Hooks, visible } from "./hooks.ts";
import { isPassing, pauseMs } from "./pause.ts";
import { quietly } from "./quietly.ts";
import { untilAborted } from "./until-aborted.ts";

/** A call on its way. */
export interface Call {
  api: string;
  operationId: string;
  /** For errors; counts the attempts. */
  info: { operation: string; account: string | undefined; attempts: number };
  timeoutMs: number;
  signal: AbortSignal | undefined;
  authorize: Authorizer;
}

export interface Transport extends Hooks {
  fetch: SendDraft;
  retries: number;
  /** A text without secrets. */
  redacted(text: string, headers: Headers): string;
}

/**
 * Sends a draft until its answer is final, and reads it.
 *
 * @throws {ThingSpaceNetworkError | ThingSpaceTimeoutError} when the last attempt got no answer; the signal's reason when
 * it is aborted; what getting the tokens throws.
 */
export async function send(draft: Draft, call: Call, transport: Transport): Promise<Answer> {
  const { info, signal, timeoutMs } = call;
  const { fetch, onRequest, onResponse, onRetry } = transport;
  const authorize = () => {
    signal?.throwIfAborted();
    return untilAborted(call.authorize(draft), signal);
  };
  await authorize();

  let isRenewed = false;
  for (let retriesLeft = transport.retries; ; ) {
    info.attempts++;
    const event = (headers: Headers) => ({
      api: call.api,
      operationId: call.operationId,
      attempt: info.attempts,
      method: draft.method,
      url: draft.url,
      headers: visible(headers),
    });
    const begin = Date.now();
    let answer: Answer | undefined;
    let error: unknown;
    if (onRequest) quietly(() => onRequest(event(draft.headers)));
    try {
      answer = await attempt(draft, fetch, timeoutMs, signal);
    } catch (reason) {
      signal?.throwIfAborted();
      error = reason;
    }
    const status = answer?.response.status;
    if (answer && onResponse) {
      const { status, headers } = answer.response;
      quietly(() => onResponse({ ...event(headers), status, durationMs: Date.now() - begin }));
    }

    let delayMs = 0;
    if (answer && status === 401 && !isRenewed) {
      isRenewed = true;
      if (!(await authorize())) return answer;
    } else if ((status === undefined || isPassing(status)) && retriesLeft-- > 0) {
      delayMs = pauseMs(transport.retries - retriesLeft, answer?.response.headers);
    } else if (answer) {
      return answer;
    } else {
      throw lost(error, draft, call, transport);
    }
    if (onRetry) quietly(() => onRetry({ ...event(draft.headers), delayMs, status }));
    if (delayMs) await wait(delayMs, signal);
  }
}

/** What errors of `fetch` have in Node.js; elsewhere only a message. */
interface Thrown {
  message?: string;
  code?: unknown;
  cause?: { message?: string; code?: unknown };
}

function lost(error: unknown, { headers }: Draft, { info, timeoutMs }: Call, { redacted }: Transport): Error {
  if (error === tooLong) return new ThingSpaceTimeoutError(info, timeoutMs);
  // Only text of it is kept: it is not ours, and may hold the request with its headers.
  const { message = String(error), code, cause } = (error ?? {}) as Thrown;
  const reason = redacted([message, cause?.message].filter(Boolean).join(": "), headers);
  const name = code ?? cause?.code;
  return new ThingSpaceNetworkError(info, reason, typeof name === "string" ? name : undefined);
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  return untilAborted(
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
    signal,
  ).finally(() => clearTimeout(timer));
}
