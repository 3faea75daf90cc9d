import { type BodyLimits, tooLarge } from "./body.ts";
import type { Mismatch } from "./check.ts";
import { beforeDeadline } from "./deadline.ts";
import { apis } from "./generated/apis.ts";
import { isMediaType } from "./media-type.ts";
import { parse } from "./parse.ts";
import { type Answer, acknowledged, answerOf, Refusal } from "./refusal.ts";
import type { CallbackRequest } from "./request.ts";
import { keyOf } from "./seen.ts";
import type { Settings } from "./settings.ts";

/**
 * What a listener does with a request, whichever server it came through: an adapter describes the request, reads the body
 * when asked to, and sends the answer. `receive` never rejects.
 */
export interface Core {
  limits: BodyLimits;
  receive(request: CallbackRequest, read: () => Promise<Uint8Array>): Promise<Answer>;
}

export function createCore(settings: Settings): Core {
  const { api, verify, handlers, seen, onError, handlerTimeoutMs, isAllowed } = settings;
  const { method, mediaType, check } = apis[api];

  return { limits: settings, receive };

  async function receive(request: CallbackRequest, read: () => Promise<Uint8Array>): Promise<Answer> {
    try {
      admit(request);
      request.body = await read();
      const message = parse(request.body);
      await demandVerified(message, request);
      const mismatch = check(message);
      if (mismatch) throw undocumented(mismatch);
      await handle(message as Record<string, unknown>, request);
      return acknowledged;
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "not handled", {}, error);
      tell(refusal.cause ?? refusal, refusal.status, request);
      return answerOf(refusal);
    }
  }

  /** Refuses what can be refused before the body is read. */
  function admit(request: CallbackRequest): void {
    const { headers } = request;
    if (request.method !== method) {
      throw new Refusal(405, `the method must be ${method}`, { Allow: method });
    }
    demandAllowed(request);
    if (!isMediaType(headers.get("Content-Type"), mediaType)) {
      throw new Refusal(415, `the content type must be ${mediaType} in UTF-8`);
    }
    if (!/^(?:identity)?$/i.test(headers.get("Content-Encoding") ?? "")) {
      throw new Refusal(415, "the body must not be compressed", { "Accept-Encoding": "identity" });
    }
    if (Number(headers.get("Content-Length")) > settings.maxBodyBytes) throw tooLarge(settings);
  }

  function demandAllowed(request: CallbackRequest): void {
    let cause: unknown;
    try {
      if (isAllowed(request)) return;
    } catch (error) {
      cause = error;
    }
    throw new Refusal(403, "not an allowed address", {}, cause);
  }

  /** One answer for every cause: what is wrong with a forgery is nobody's business. */
  async function demandVerified(message: unknown, request: CallbackRequest): Promise<void> {
    let cause: unknown;
    try {
      const result = verify(message, request);
      if ((isThenable(result) ? await inTime(result, 401, request) : result) === true) return;
    } catch (error) {
      // Of one that took too long, the limit that it was over.
      cause = error instanceof Refusal ? error.cause : error;
    }
    throw new Refusal(401, "not verified", {}, cause);
  }

  async function handle(message: Record<string, unknown>, request: CallbackRequest): Promise<void> {
    const handler = handlers.get(message["type"]) ?? handlers.get("other");
    if (!handler) return;
    const work = seen ? once() : handler(message, request);
    if (isThenable(work)) await inTime(work, 503, request);

    async function once(): Promise<void> {
      const key = await keyOf(api, request.body);
      const claim = await seen?.claim(key);
      if (claim === "handled") return;
      if (claim !== "claimed") {
        // Not 204: if it fails where it is being handled, nobody would send it again.
        const headers = { "Retry-After": String(Math.ceil(handlerTimeoutMs / 1000)) };
        throw new Refusal(503, "being handled", headers);
      }
      try {
        await handler?.(message, request);
      } catch (error) {
        await tryTo(() => seen?.release(key), 500, request);
        throw error;
      }
      await tryTo(() => seen?.commit(key), acknowledged.status, request);
    }
  }

  /** After the deadline the work goes on, and so does its claim: the message is remembered if it is handled after all. */
  function inTime<T>(work: PromiseLike<T>, status: number, request: CallbackRequest): Promise<T> {
    return beforeDeadline(work, handlerTimeoutMs, () => {
      work.then(undefined, (error) => tell(error, status, request));
      const cause = new Error(`It took longer than handlerTimeoutMs, ${handlerTimeoutMs} ms.`);
      return new Refusal(503, "not handled in time", {}, cause);
    });
  }

  async function tryTo(act: () => unknown, status: number, request: CallbackRequest): Promise<void> {
    try {
      await act();
    } catch (error) {
      tell(error, status, request);
    }
  }

  function tell(error: unknown, status: number, request: CallbackRequest): void {
    try {
      Promise.resolve(onError(error, { status, request })).catch(() => {});
    } catch {
      // An onError that fails must not change what is answered.
    }
  }
}

const undocumented = ({ path, expected }: Mismatch) =>
  new Refusal(422, `${path === "" ? "the message" : path} must be ${expected}`);

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
