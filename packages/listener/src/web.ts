import { alreadyRead, type BodyLimits, brokenOff, createBody, tooSlow } from "./body.ts";
import type { Core } from "./core.ts";

/** Answers a web-standard request. */
export async function respond(core: Core, request: Request): Promise<Response> {
  const { method, url, headers } = request;
  const {
    status,
    body,
    headers: answered,
  } = await core.receive({ method, url, headers, remoteAddress: undefined, body: new Uint8Array() }, () =>
    readBody(request, core.limits),
  );
  return new Response(body, { status, headers: answered });
}

async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw alreadyRead();
  const body = createBody(limits);
  const reader = request.body?.getReader();
  if (!reader) return body.bytes();
  let isLate = false;
  // Cancelling ends a read that is waiting, too.
  const cancel = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(() => {
    isLate = true;
    cancel();
  }, limits.bodyTimeoutMs);
  try {
    for (;;) {
      const { done, value } = await next(reader);
      if (isLate) throw tooSlow(limits);
      if (done) return body.bytes();
      body.add(value);
    }
  } catch (error) {
    cancel();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const read = await reader.read().catch(() => undefined);
  if (!read || (!read.done && !(read.value instanceof Uint8Array))) throw brokenOff();
  return read;
}
