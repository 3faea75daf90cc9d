import type { Operation } from "@thingspace-callbacks/contract/catalogue";

/** A request that has been validated. */
export interface HandlerRequest {
  operation: Operation;
  path: Record<string, string>;
  query: Record<string, unknown>;
  // The validator has checked it against the operation's schema.
  body: never;
  headers: Record<string, string | string[] | undefined>;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Answers one operation. @throws {Refusal} */
export type Handler = (request: HandlerRequest) => Answer | Promise<Answer>;

/** Handlers by API and operationId. An operation without one is answered by Prism. */
export type Handlers = Record<string, Record<string, Handler>>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
