import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { apis } from "./routes.ts";

const resolved = (file: string) => fileURLToPath(import.meta.resolve(file));

/** Serves the docs at /docs/, their landing page also at /, and the documents at /openapi/<api>.yaml and .json. */
export async function servePages(app: FastifyInstance): Promise<void> {
  const landing = resolved("@thingspace-callbacks/docs/dist/index.html");
  await app.register(staticFiles, { root: dirname(landing), prefix: "/docs/", redirect: true });

  const html = await readFile(landing, "utf8");
  const fromRoot = html.replace('<base href="./">', '<base href="/docs/">');
  app.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(fromRoot));
  app.get("/docs", (_request, reply) => reply.redirect("/docs/"));
  app.get("/favicon.ico", (_request, reply) => reply.redirect("/docs/favicon.svg"));

  // The documents name the mock's usual address; here they name the one that was asked.
  for (const { name, servers } of apis) {
    const usual = new URL(servers.mock).origin;
    for (const extension of ["yaml", "json"]) {
      const text = await readFile(resolved(`@thingspace-callbacks/spec/dist/${name}.${extension}`), "utf8");
      app.get(`/openapi/${name}.${extension}`, ({ protocol, host }, reply) =>
        reply.type(`application/${extension}`).send(text.replaceAll(usual, `${protocol}://${host}`)),
      );
    }
  }
}
