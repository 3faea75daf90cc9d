import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { FastifyInstance } from "fastify";

const acceptsGzip = (header: string | undefined) =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(header ?? "");

/**
 * Lets the files below an instance be kept in compressed form only: a client that does not accept gzip gets them
 * unpacked. The published mock would be half as large again with both forms.
 */
export function unpackForOthers(site: FastifyInstance): void {
  site.decorateRequest("isToUnpack", false);
  site.addHook("onRequest", async (request) => {
    if (acceptsGzip(request.headers["accept-encoding"]?.toString())) return;
    request.isToUnpack = true;
    request.headers["accept-encoding"] = "gzip";
    // A range would count the bytes of the compressed file.
    delete request.headers.range;
  });
  site.addHook("onSend", async (request, reply, payload) => {
    if (!request.isToUnpack || reply.getHeader("content-encoding") !== "gzip") return payload;
    reply.removeHeader("content-encoding");
    reply.removeHeader("content-length");
    reply.removeHeader("accept-ranges");
    if (request.method === "HEAD" || !(payload instanceof Readable)) return payload;
    // A failure ends the stream that is returned, which is all that its reader can notice.
    return pipeline(payload, createGunzip(), () => {});
  });
}

declare module "fastify" {
  interface FastifyRequest {
    /** True if the client does not accept gzip. */
    isToUnpack: boolean;
  }
}
