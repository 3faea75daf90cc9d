import { alreadyRead, type BodyLimits, brokenOff, createBody, tooSlow } from "./body.ts";
import type { Core } from "./core.ts";
import { beforeDeadline } from "./deadline.ts";

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
  if (!request.body) return new Uint8Array();
  return beforeDeadline(collect(request.body, limits), limits.bodyTimeoutMs, () => tooSlow(limits));
}

async function collect(stream: ReadableStream<Uint8Array>, limits: BodyLimits): Promise<Uint8Array> {
  const body = createBody(limits);
  const reader = stream.getReader();
  for (;;) {
    const read = await reader.read().catch(() => undefined);
    if (!read || (!read.done && !(read.value instanceof Uint8Array))) throw brokenOff();
    if (read.done) return body.bytes();
    try {
      body.add(read.value);
    } catch (error) {
      void discard(reader, limits);
      throw error;
    }
  }
}

/**
 * Takes as much again of a body that is too large, because many a sender reads the answer only when it has sent
 * everything. What is more is left to the server. It is not cancelled: a stream that Node.js made of a request can then
 * throw where nobody catches it.
 */
async function discard(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { maxBodyBytes }: BodyLimits,
): Promise<void> {
  for (let taken = 0; taken < maxBodyBytes; ) {
    const read = await reader.read().catch(() => undefined);
    if (!read?.value) return;
    taken += read.value.length;
  }
}
