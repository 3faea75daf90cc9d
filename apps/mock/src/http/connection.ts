import type { FastifyReply, FastifyRequest } from "fastify";
import type { Connection } from "../operations/handler.ts";

/** Describes the connection of a request to a handler that takes its time. */
export function describeConnection({ raw }: FastifyRequest, reply: FastifyReply): Connection {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return { lastEventId: raw.headers["last-event-id"]?.toString(), signal: gone.signal };
}
