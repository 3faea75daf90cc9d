import type { BodyOf, Operation } from "@thingspace-callbacks/contract";

/** A request that has been validated. `Body` is the type that the contract generates of the operation's body. */
export interface HandlerRequest<Body = unknown> {
  operation: Operation;
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: Body;
  headers: Record<string, string | string[] | undefined>;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Answers one operation. @throws {Refusal} */
export type Handler<Body = unknown> = (request: HandlerRequest<Body>) => Answer | Promise<Answer>;

/**
 * A handler of any operation. It is called with a body that the validator has checked against the operation's schema,
 * which the compiler cannot know.
 */
export type AnyHandler = Handler<never>;

/** A handler for each operation of a document, given the document's generated `operations`. */
export type HandlersOf<Operations> = { [Id in keyof Operations]: Handler<BodyOf<Operations[Id]>> };

/** Handlers by API and operationId. An operation without one is answered by Prism. */
export type Handlers = Record<string, Record<string, AnyHandler>>;

export const ok = (body: unknown): Answer => ({ status: 200, body });
