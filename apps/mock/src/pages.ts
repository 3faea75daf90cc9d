import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { createDocuments } from "./documents.ts";
import { apis } from "./routes.ts";

// The `imports` of package.json say where: in the workspace, or in the published package itself.
const resolved = (file: string) => fileURLToPath(import.meta.resolve(file));

/** Options for the pages. */
export interface PagesOptions {
  /** Where clients reach the mock, if that is not where it listens; without a slash at the end. */
  publicUrl?: string | undefined;
}

/** Serves the docs at /docs/, where / leads to, and the documents at /openapi/, each in several forms. */
export async function servePages(app: FastifyInstance, { publicUrl }: PagesOptions): Promise<void> {
  const root = dirname(resolved("#docs/index.html"));
  const notFound = await readFile(join(root, "404.html"), "utf8");
  const base = publicUrl === undefined ? "" : new URL(publicUrl).pathname.replace(/\/$/, "");
  const fromRoot = notFound.replace("<head>", () => `<head>\n<base href="${base}/docs/">`);
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
    await site.register(staticFiles, { root, redirect: true, preCompressed: true });
    site.setNotFoundHandler((_request, reply) =>
      reply.code(404).type("text/html; charset=utf-8").send(fromRoot),
    );
  };
  await app.register(docs, { prefix: "/docs" });
  app.get("/", (_request, reply) => reply.redirect("/docs/"));
  app.get("/favicon.ico", (_request, reply) => reply.redirect("/docs/favicon.svg"));

  // These copies name the mock first, at its usual address; they are served with the address that was asked.
  for (const { name, servers } of apis) {
    const usual = new URL(servers.mock).origin;
    for (const form of ["yaml", "json", "client.json", "postman.json"]) {
      const file = `${name}.${form}`;
      const text = await readFile(resolved(`#served/${file}`), "utf8");
      const documents = createDocuments(text, usual);
      app.get(`/openapi/${file}`, ({ protocol, host }, reply) =>
        reply
          .type(form === "yaml" ? "application/yaml" : "application/json")
          .send(documents.at(publicUrl ?? originOf(protocol, host))),
      );
    }
  }
}

/**
 * Returns the origin of a request from its Host header; undefined when that is not a host and a port, since anybody
 * can write anything into it.
 */
export function originOf(protocol: string, host: string): string | undefined {
  if (host.length > 300 || !/^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host)) return undefined;
  return URL.parse(`${protocol}://${host}`)?.origin;
}
