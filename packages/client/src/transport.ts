import { type Answer, attempt, tooLong } from "./attempt.ts";
import { createAuthorizer } from "./authorizer.ts";
import type { CallInfo } from "./call-info.ts";
import type { Draft, SendDraft } from "./draft.ts";
import { ThingSpaceNetworkError, ThingSpaceTimeoutError } from "./errors.ts";
import { type Hooks, type RequestEvent, visible } from "./hooks.ts";
import { isPassing, isUnknown, pauseMs } from "./pause.ts";
import { quietly } from "./quietly.ts";
import { redacted, setRedaction } from "./redaction.ts";
import type { Slot } from "./slot.ts";
import type { Row } from "./table.ts";
import { untilAborted } from "./until-aborted.ts";

/** A call on its way. */
export interface Call {
  api: string;
  operationId: string;
  security: Row[2];
  /** For errors; counts the attempts. */
  info: CallInfo & { attempts: number };
  timeoutMs: number | undefined;
  signal: AbortSignal | undefined;
}

/** What the calls of a client have in common. */
export interface Transport {
  fetch: SendDraft;
  retries: number;
  timeoutMs: number;
  hooks: Hooks;
  /** @throws {ThingSpaceCredentialsError} when the credentials have none. */
  slotOf(kind: Row[2], info: CallInfo): Slot;
  /** What takes the secrets of a call with these headers out of a text. */
  redaction(headers: Headers): (text: string) => string;
}

/**
 * Sends a draft until its answer is final, and reads it.
 *
 * @throws {ThingSpaceNetworkError | ThingSpaceTimeoutError} when the last attempt got no answer; the signal's reason when
 * it is aborted; what getting the tokens throws.
 */
export async function send(draft: Draft, call: Call, transport: Transport): Promise<Answer> {
  const { api, operationId, security, info, signal } = call;
  const { url, method, headers } = draft;
  const { fetch, retries, slotOf, hooks } = transport;
  setRedaction(info, transport.redaction(headers));
  const timeoutMs = call.timeoutMs ?? transport.timeoutMs;
  const authorizer = createAuthorizer(headers, security, (kind) => slotOf(kind, info));
  const authorize = () => {
    signal?.throwIfAborted();
    return untilAborted(authorizer(), signal);
  };
  const tell = <More>(hook: Hook<More> | undefined, headers: Headers, more: More) => {
    if (!hook) return;
    const event = {
      api,
      operationId,
      attempt: info.attempts,
      method,
      url,
      headers: visible(headers),
      ...more,
    };
    quietly(() => hook(event));
  };
  await authorize();

  let isRenewed = false;
  for (let retry = 0; ; ) {
    info.attempts++;
    tell(hooks.onRequest, headers, {});
    const begin = Date.now();
    let answer: Answer | undefined;
    let error: unknown;
    try {
      answer = await attempt(draft, fetch, timeoutMs, signal);
      const { response } = answer;
      tell(hooks.onResponse, response.headers, { status: response.status, durationMs: Date.now() - begin });
    } catch (reason) {
      signal?.throwIfAborted();
      error = reason;
    }

    const status = answer?.response.status;
    let delayMs = 0;
    if (answer && status === 401 && !isRenewed) {
      isRenewed = true;
      if (!(await authorize())) return answer;
    } else if (isPassing(status) && retry < retries && !(operationId === "logIn" && isUnknown(status))) {
      delayMs = pauseMs(++retry, answer?.response.headers);
    } else if (answer) {
      return answer;
    } else if (error === tooLong) {
      throw new ThingSpaceTimeoutError(info, timeoutMs);
    } else {
      throw lost(error, info);
    }
    tell(hooks.onRetry, headers, { delayMs, status });
    if (delayMs) await wait(delayMs, signal);
  }
}

type Hook<More> = (event: RequestEvent & More) => unknown;

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
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
    signal,
  ).finally(() => clearTimeout(timer));
}
