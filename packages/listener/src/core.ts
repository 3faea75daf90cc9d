import { type BodyLimits, createTooLarge } from "./body.ts";
import { isObject, type Mismatch } from "./check.ts";
import {
  type AdapterResponse,
  acknowledged,
  type FailureCode,
  Refusal,
  statuses,
  toResponse,
} from "./failure.ts";
import { apis } from "./generated/apis.ts";
import { ignoreErrors } from "./ignore-errors.ts";
import { parseJson } from "./json.ts";
import { canBeJson } from "./media-type.ts";
import { getAccount, getFact, getKnownType } from "./message-facts.ts";
import { hashJson } from "./message-key.ts";
import { handleOnce } from "./once.ts";
import type { Handler, MessageEvent, SeenOptions } from "./options.ts";
import type { CallbackRequest } from "./request.ts";
import type { Settings } from "./settings.ts";
import { withTimeout } from "./timeout.ts";

/**
 * The part of a listener that is the same for every server: an adapter describes the request, reads the body when asked
 * to, and sends the response. `receive` never rejects.
 */
export interface Core {
  limits: BodyLimits;
  receive(request: CallbackRequest, read: () => Promise<Uint8Array>): Promise<AdapterResponse>;
  /** Returns the response to a request that cannot be received. */
  refuse(error: unknown, request: CallbackRequest): AdapterResponse;
}

export function createCore(settings: Settings): Core {
  const { api, verify, handlers, strict, probe, seen, onError, onMessage, handlerTimeoutMs, isAllowed } =
    settings;
  const { method, mediaType, check, changedByRetry } = apis[api];

  return { limits: settings, receive, refuse };

  async function receive(
    request: CallbackRequest,
    read: () => Promise<Uint8Array>,
  ): Promise<AdapterResponse> {
    const startedAt = performance.now();
    const event: MessageEvent = {
      api,
      type: undefined,
      account: undefined,
      status: 0,
      durationMs: 0,
      repeat: false,
    };
    const response = await receiveMessage(request, read, event);
    event.status = response.status;
    event.durationMs = performance.now() - startedAt;
    ignoreErrors(() => onMessage(event));
    return response;
  }

  /** @param event is filled in as the message is read. */
  async function receiveMessage(
    request: CallbackRequest,
    read: () => Promise<Uint8Array>,
    event: MessageEvent,
  ): Promise<AdapterResponse> {
    try {
      const isProbe = probe && ["GET", "HEAD"].includes(request.method);
      if (!isProbe) checkMethod(request);
      checkAddress(request);
      if (isProbe) return acknowledged;
      checkHeaders(request);
      request.body = await read();
      const message = parseJson(request.body);
      await verifySender(message, request);
      event.type = getKnownType(api, message);
      event.account = getAccount(api, message);
      const mismatch = check(message);
      if (mismatch) reportMismatch(mismatch, request);
      const result = await handle(message, mismatch === undefined, request);
      event.repeat = isObject(result) && result["repeat"] === true;
      return acknowledged;
    } catch (error) {
      return refuse(error, request);
    }
  }

  function refuse(error: unknown, request: CallbackRequest): AdapterResponse {
    const refusal =
      error instanceof Refusal ? error : new Refusal("HANDLER_FAILED", "not handled", { cause: error });
    tell(refusal.cause ?? refusal, refusal.code, refusal.status, request);
    return toResponse(refusal);
  }

  function checkMethod(request: CallbackRequest): void {
    if (request.method === method) return;
    const headers = { Allow: probe ? `GET, HEAD, ${method}` : method };
    throw new Refusal("METHOD_NOT_ALLOWED", `the method must be ${method}`, { headers });
  }

  function checkAddress(request: CallbackRequest): void {
    let cause: unknown;
    try {
      if (isAllowed(request)) return;
    } catch (error) {
      cause = error;
    }
    throw new Refusal("ADDRESS_NOT_ALLOWED", "not an allowed address", { cause });
  }

  /** Refuses a body that cannot be accepted, before it is read. */
  function checkHeaders({ headers }: CallbackRequest): void {
    if (!canBeJson(headers.get("Content-Type"), mediaType)) {
      throw new Refusal("UNSUPPORTED_MEDIA_TYPE", `the content type must be ${mediaType}`);
    }
    if (!/^(?:identity)?$/i.test(headers.get("Content-Encoding") ?? "")) {
      const accepted = { "Accept-Encoding": "identity" };
      throw new Refusal("COMPRESSED_BODY", "the body must not be compressed", { headers: accepted });
    }
    if (Number(headers.get("Content-Length")) > settings.maxBodyBytes) throw createTooLarge(settings);
  }

  /** Refuses for every cause with the same response: the sender of a forgery must not learn what is wrong with it. */
  async function verifySender(message: unknown, request: CallbackRequest): Promise<void> {
    let cause: unknown;
    try {
      const result = verify(message, request);
      if ((isThenable(result) ? await inTime(result, "NOT_VERIFIED", request) : result) === true) return;
    } catch (error) {
      // For a `verify` that took too long, the error that names the limit.
      cause = error instanceof Refusal ? error.cause : error;
    }
    throw new Refusal("NOT_VERIFIED", "not verified", { cause });
  }

  /** A verified message is not lost because of its shape, unless `strict` asks for it. */
  function reportMismatch({ path, expected }: Mismatch, request: CallbackRequest): void {
    const reason = `${path === "" ? "the message" : path} must be ${expected}`;
    const refusal = new Refusal("UNDOCUMENTED_MESSAGE", reason);
    if (strict) throw refusal;
    tell(refusal, refusal.code, acknowledged.status, request);
  }

  async function handle(message: unknown, isDocumented: boolean, request: CallbackRequest): Promise<unknown> {
    const type = getFact(api, message, "typeMember");
    const handler = (isDocumented && handlers.get(type)) || handlers.get("other");
    if (!handler) {
      const refusal = new Refusal("NO_HANDLER", `there is no handler for ${describeType(type)}`);
      tell(refusal, refusal.code, acknowledged.status, request);
      return undefined;
    }
    const work = seen ? handleNew(seen, handler, message, request) : handler(message, request);
    return isThenable(work) ? inTime(work, "HANDLER_TIMEOUT", request) : work;
  }

  async function handleNew(
    { store, key }: SeenOptions,
    handler: Handler<unknown>,
    message: unknown,
    request: CallbackRequest,
  ): Promise<unknown> {
    return handleOnce({
      store,
      key: await hashJson(api, identify(key, message, request)),
      handle: () => handler(message, request),
      timeoutMs: handlerTimeoutMs,
      onStoreError: (error) => tell(error, "SEEN_FAILED", acknowledged.status, request),
    });
  }

  /** Returns what two deliveries of one message have in common. */
  function identify(key: SeenOptions["key"], message: unknown, request: CallbackRequest): unknown {
    if (!key) return isObject(message) ? omitMembers(message, changedByRetry) : message;
    try {
      const identity: unknown = key(message, request);
      if (typeof identity === "string") return identity;
      throw new TypeError("seen.key must return a string.");
    } catch (cause) {
      throw new Refusal("SEEN_FAILED", "not handled", { cause });
    }
  }

  /**
   * Limits the time of a handler or `verify`. Afterwards the work continues, and so does its claim: the message is
   * remembered if it is handled after all.
   */
  function inTime<T>(work: PromiseLike<T>, code: FailureCode, request: CallbackRequest): Promise<T> {
    return withTimeout(work, handlerTimeoutMs, () => {
      work.then(undefined, (error) => tell(error, code, statuses[code], request));
      const cause = new Error(`It took longer than handlerTimeoutMs, ${handlerTimeoutMs} ms.`);
      return new Refusal("HANDLER_TIMEOUT", "not handled in time", { cause });
    });
  }

  function tell(error: unknown, code: FailureCode, status: number, request: CallbackRequest): void {
    ignoreErrors(() => onError(error, { code, status, request }));
  }
}

/** Only a type that looks like the documented ones is shown: logs are no place for whatever was sent. */
function describeType(type: unknown): string {
  if (type === undefined) return "messages without a type";
  return typeof type === "string" && /^[\w.-]{1,64}$/.test(type) ? `the type ${type}` : "this type";
}

function omitMembers(message: Record<string, unknown>, names: readonly string[]) {
  const rest = { ...message };
  for (const name of names) delete rest[name];
  return rest;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
