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
  app.get("/", (_request, reply) => reply.type("text/html").send(fromRoot));
  app.get("/favicon.ico", (_request, reply) => reply.redirect("/docs/favicon.svg"));

  for (const { name } of apis) {
    for (const extension of ["yaml", "json"]) {
      const text = await readFile(resolved(`@thingspace-callbacks/spec/dist/${name}.${extension}`), "utf8");
      app.get(`/openapi/${name}.${extension}`, (_request, reply) =>
        reply.type(`application/${extension}`).send(text),
      );
    }
  }
}
