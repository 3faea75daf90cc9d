import { setTimeout as wait } from "node:timers/promises";
import { findResponse, getFirstExample, type Operation } from "@thingspace-callbacks/contract";
import type { FastifyReply } from "fastify";
import { createUndocumentedRefusal, getResponseHeaders, Refusal } from "../operations/refusal.ts";
import type { Effect } from "./faults.ts";

/**
 * Waits, closes the connection or sends a response, according to a fault.
 *
 * @returns true if the fault ended the request; false after a delay, so that the request is handled as usual
 * @throws {Refusal} with the fault's status
 */
export async function sendFault(fault: Effect, operation: Operation, reply: FastifyReply): Promise<boolean> {
  if (fault.delayMs) await wait(fault.delayMs);
  if (fault.drop) {
    reply.hijack();
    reply.raw.destroy();
    return true;
  }
  const headers: Record<string, string> = {
    ...getResponseHeaders(operation, fault.status ?? 200),
    ...(fault.retryAfter !== undefined && { "Retry-After": String(fault.retryAfter) }),
  };
  if (fault.body !== undefined) {
    reply.code(fault.status ?? 200).headers(headers);
    const isText = typeof fault.body === "string";
    await reply
      .type(isText ? "text/plain; charset=utf-8" : "application/json")
      .send(isText ? fault.body : JSON.stringify(fault.body));
    return true;
  }
  if (fault.malformed) {
    reply.code(fault.status ?? 200).headers(headers);
    await reply.type("application/json").send('{"errorCode":"MALFOR');
    return true;
  }
  if (fault.status !== undefined) {
    const documented = findResponse(operation, fault.status)?.body;
    if (documented) throw new Refusal(fault.status, getFirstExample(documented), headers);
    throw createUndocumentedRefusal(fault.status, `A fault demands the status ${fault.status}.`, {
      operation,
      headers,
    });
  }
  return false;
}
