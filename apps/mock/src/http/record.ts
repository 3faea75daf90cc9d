import { redactUrl } from "@thingspace-callbacks/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { keepBody, type NewEntry } from "../journal/journal.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Log, LogLine } from "./log.ts";

/** Writes a finished request into the journal and the log, once. */
export type RecordRequest = (request: FastifyRequest, reply: FastifyReply) => void;

/** Creates the function that records requests. The journal leaves the control operations out, log and metrics do not. */
export function createRecorder({ log, metrics }: { log: Log; metrics?: Metrics | undefined }): RecordRequest {
  return (request, reply) => {
    if (request.isRecorded) return;
    request.isRecorded = true;
    // There is no space while the store is away, nor when another instance answered.
    if (request.route?.api !== "control") request.space?.journal.add(toEntry(request, reply));
    // Redacting what nobody reads would cost a tenth of a request.
    if (log.isWriting) log.write(toLine(request, reply));
    metrics?.countRequest({
      route: request.route,
      status: reply.raw.headersSent ? reply.statusCode : undefined,
      durationMs: reply.elapsedTime,
    });
  };
}

function toLine({ route, method, url, params }: FastifyRequest, reply: FastifyReply): LogLine {
  const { account } = (params ?? {}) as { account?: string };
  return {
    operation: route
      ? `${route.api}.${route.operation.operationId}`
      : `${method} ${redactUrl(url).slice(0, 200)}`,
    account: account === undefined ? undefined : redactUrl(account),
    ...(reply.raw.headersSent && { status: reply.statusCode }),
    ms: Math.round(reply.elapsedTime),
  };
}

const json = { mediaType: "application/json", sentType: "application/json" };

function toEntry(request: FastifyRequest, reply: FastifyReply): NewEntry {
  const { raw, method, url, body, route, params, refusal } = request;
  const durationMs = Math.round(reply.elapsedTime);
  const about = { mediaType: route?.operation.body?.mediaType, sentType: raw.headers["content-type"] };
  return {
    at: Date.now() - durationMs,
    direction: "in",
    method,
    url,
    api: route?.api,
    operationId: route?.operation.operationId,
    account: (params as { account?: string } | undefined)?.account,
    headers: raw.headers as Record<string, string>,
    body: Buffer.isBuffer(body) ? keepBody(body, about) : undefined,
    // There is no status when a fault, or the client, closed the connection.
    ...(reply.raw.headersSent && { status: reply.statusCode }),
    // Where there is no operation, the refusal repeats the path, which may have a token in it, and says nothing more.
    refusal: route && refusal && keepBody(refusal, json),
    durationMs,
  };
}
