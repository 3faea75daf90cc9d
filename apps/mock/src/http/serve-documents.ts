import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { apis } from "@thingspace-callbacks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createDocuments } from "./documents.ts";

/** The forms of each document, as the ends of their files' names. */
const forms = ["yaml", "json", "client.json", "postman.json"];

/**
 * Serves the documents at /openapi/, each in several forms, and a list of their addresses at /openapi/ itself. `addressOf`
 * returns the address at which the mock is reached: the documents name it as their first server.
 */
export async function serveDocuments(
  app: FastifyInstance,
  addressOf: (request: FastifyRequest) => string,
): Promise<void> {
  for (const { name, servers } of apis) {
    const usual = new URL(servers.mock).origin;
    for (const form of forms) {
      const file = `${name}.${form}`;
      // The `imports` of package.json say where: in the workspace, or in the published package itself.
      const text = await readFile(fileURLToPath(import.meta.resolve(`#served/${file}`)), "utf8");
      const documents = createDocuments(text, usual);
      app.get(`/openapi/${file}`, (request, reply) =>
        reply
          .type(form === "yaml" ? "application/yaml" : "application/json")
          .send(documents.at(addressOf(request))),
      );
    }
  }
  app.get("/openapi", (_request, reply) => reply.redirect("/openapi/"));
  app.get("/openapi/", (request) => ({
    documents: apis.map(({ name, title }) => ({
      name,
      title,
      urls: forms.map((form) => `${addressOf(request)}/openapi/${name}.${form}`),
    })),
  }));
}
