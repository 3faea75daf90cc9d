import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { createGunzip, createGzip } from "node:zlib";
import staticFiles from "@fastify/static";
import { getApi } from "@thingspace-callbacks/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { serveConsole } from "./console.ts";
import { createAddressReplacer } from "./replace-address.ts";
import { serveDocuments } from "./serve-documents.ts";
import { unpackForOthers } from "./unpack.ts";

// The `imports` of package.json say where: in the workspace, or in the published package itself.
const resolve = (file: string) => fileURLToPath(import.meta.resolve(file));

/** Options for the pages. */
export interface PagesOptions {
  /** False switches the control operations off, and with them the console. */
  control: boolean;
  /** The address at which clients reach the mock, if it listens at another one; without a slash at the end. */
  publicUrl?: string | undefined;
}

/** Serves the console, the docs at /docs/, where / leads to, and the documents at /openapi/, each in several forms. */
export async function servePages(app: FastifyInstance, { control, publicUrl }: PagesOptions): Promise<void> {
  const root = dirname(resolve("#docs/index.html"));
  const addressOf = ({ protocol, host }: FastifyRequest) => publicUrl ?? readOrigin(protocol, host);
  const base = publicUrl === undefined ? "" : new URL(publicUrl).pathname.replace(/\/$/, "");
  // A proxy that serves the mock below a prefix removes it on the way in, and not from a redirect on the way out.
  app.addHook("onSend", async (_request, reply) => {
    const location = reply.getHeader("location");
    if (publicUrl !== undefined && typeof location === "string" && location.startsWith("/")) {
      reply.header("location", publicUrl + location);
    }
  });
  const docs = async (site: FastifyInstance) => {
    // The pages' links are relative, so that the slash matters.
    site.addHook("onRequest", async ({ url }, reply) => {
      if (/^\/docs(\?|$)/.test(url)) return reply.redirect("/docs/");
    });
    site.addHook("onRequest", async (request) => {
      // A range counts the bytes of the file, which has another address in it.
      if (!isUsual(addressOf(request))) delete request.headers.range;
    });
    unpackForOthers(site);
    site.addHook("onSend", async (request, reply, payload) => {
      const address = addressOf(request);
      return isUsual(address) ? payload : replaceAddress(reply, payload, address);
    });
    await site.register(staticFiles, {
      root,
      redirect: true,
      preCompressed: true,
      setHeaders: (reply, path) => {
        if (isNamedByContent(path)) reply.header("cache-control", "public, max-age=31536000, immutable");
      },
    });
    site.setNotFoundHandler(async (_request, reply) => {
      reply.type("text/html; charset=utf-8");
      const page = await readNotFoundPage(root, base);
      return page === undefined
        ? reply.code(503).header("Retry-After", "5").send(notBuilt)
        : reply.code(404).send(page);
    });
  };
  await app.register(docs, { prefix: "/docs" });
  if (control) await app.register(serveConsole);
  app.get("/", (_request, reply) => reply.redirect("/docs/"));
  app.get("/favicon.ico", (_request, reply) => reply.redirect("/docs/favicon.svg"));
  await serveDocuments(app, (request) => addressOf(request) ?? usualAddress);
}

/** Returns true if the name of a file contains a hash of its content, so that a browser can keep the file forever. */
const isNamedByContent = (path: string) => /[\\/]_astro[\\/]|[\\/]redoc\.[0-9a-f]{8}\.js/.test(path);

/** The address of the mock in the docs, which are built before anybody knows where the mock will listen. */
const usualAddress = new URL(getApi("v1").servers.mock).origin;

const isUsual = (address: string | undefined): address is undefined =>
  address === undefined || address === usualAddress;

/** Replaces the usual address in a page of the docs by the one that its reader uses; other files stay as they are. */
function replaceAddress(reply: FastifyReply, payload: unknown, address: string): unknown {
  const type = String(reply.getHeader("content-type"));
  if (!/^(text\/(html|markdown|plain|xml|yaml)|application\/(json|xml|yaml))/.test(type)) return payload;
  if (typeof payload === "string") return payload.replaceAll(usualAddress, () => address);
  if (!isReadable(payload) || reply.statusCode !== 200) return payload;
  reply.removeHeader("content-length");
  reply.removeHeader("accept-ranges");
  if (reply.request.method === "HEAD") return payload;
  const replacer = createAddressReplacer(usualAddress, address);
  // A failure ends the stream that is returned, which is all that its reader can notice.
  const done = () => {};
  return reply.getHeader("content-encoding") === "gzip"
    ? pipeline(payload, createGunzip(), replacer, createGzip(), done)
    : pipeline(payload, replacer, done);
}

const isReadable = (payload: unknown): payload is Readable =>
  typeof (payload as Readable | undefined)?.pipe === "function";

// `pnpm start` builds the docs while the mock works already.
const notBuilt = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>The docs are being built</title></head>
<body><p>The docs are not built yet. If the mock was started for the first time, they appear here about a minute after the start.</p></body>
</html>`;

/** Reads the page for addresses that do not exist; undefined while there are no docs. */
async function readNotFoundPage(root: string, base: string): Promise<string | undefined> {
  try {
    const page = await readFile(join(root, "404.html"), "utf8");
    return page.replace("<head>", () => `<head>\n<base href="${base}/docs/">`);
  } catch {
    return undefined;
  }
}

/**
 * Returns the origin of a request from its Host header; undefined when that is not a host and a port, since anybody
 * can write anything into it.
 */
export function readOrigin(protocol: string, host: string): string | undefined {
  if (host.length > 300 || !/^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host)) return undefined;
  return URL.parse(`${protocol}://${host}`)?.origin;
}
