import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import { getApi } from "@thingspace-callbacks/contract";
import type { FastifyInstance } from "fastify";

const folder = `${getApi("control").base}/console`;

/** Path of the console, a static page over the control API. */
export const consolePath = `${folder}/`;

/** The page loads its own two files, and calls this mock; nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Serves the console, whose links are relative to its folder. It holds no data: what it shows, it asks the control API for, with the reader's token. */
export async function serveConsole(app: FastifyInstance): Promise<void> {
  app.get(folder, (_request, reply) => reply.redirect(consolePath));
  await app.register(async (page) => {
    page.addHook("onRequest", (_request, reply, done) => {
      reply.headers(headers);
      done();
    });
    await page.register(staticFiles, {
      root: dirname(fileURLToPath(import.meta.resolve("#console/index.html"))),
      prefix: consolePath,
    });
  });
}
