import { type BodyLimits, createAlreadyRead, createBody, createIncomplete, createTooSlow } from "./body.ts";
import type { Core } from "./core.ts";
import { withTimeout } from "./timeout.ts";

/** Receives a web-standard request and returns the response. */
export async function respond(core: Core, request: Request): Promise<Response> {
  const { method, url, headers } = request;
  const {
    status,
    body,
    headers: responseHeaders,
  } = await core.receive({ method, url, headers, remoteAddress: undefined, body: new Uint8Array() }, () =>
    readBody(request, core.limits),
  );
  return new Response(body, { status, headers: responseHeaders });
}

async function readBody(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw createAlreadyRead();
  if (!request.body) return new Uint8Array();
  return withTimeout(collect(request.body, limits), limits.bodyTimeoutMs, () => createTooSlow(limits));
}

async function collect(stream: ReadableStream<Uint8Array>, limits: BodyLimits): Promise<Uint8Array> {
  const body = createBody(limits);
  const reader = stream.getReader();
  for (;;) {
    const read = await reader.read().catch(() => undefined);
    if (!read || (!read.done && !(read.value instanceof Uint8Array))) throw createIncomplete();
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
 * Reads on after the limit, up to the limit again, because many senders read the response only when they have sent
 * everything. The stream is not cancelled: one that Node.js made from a request can then throw an error that nothing
 * catches.
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
