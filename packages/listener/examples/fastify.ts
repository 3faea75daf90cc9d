// CALLBACK_PASSWORD=... node examples/fastify.ts
import { toNodeHandler } from "@thingspace-callbacks/listener";
import { fastify } from "fastify";
import { listener } from "./messages.ts";

const app = fastify();
// A scope without body parsers, so that the listener reads the body.
app.register(async (callbacks) => {
  callbacks.removeAllContentTypeParsers();
  callbacks.addContentTypeParser("*", (_request, _payload, done) => done(null));
  const handle = toNodeHandler(listener);
  callbacks.all("/callbacks", (request, reply) => {
    reply.hijack();
    return handle(request.raw, reply.raw);
  });
});

await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"] ?? 8080) });
console.log("listening on", app.server.address());
