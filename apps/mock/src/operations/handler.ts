import type { BodyOf, Operation } from "@thingspace-callbacks/contract";
import type { Space } from "../spaces/space.ts";

/** Who sent a request, as far as the operation's security says it. */
export interface Caller {
  /** Key of the application, where the operation takes Basic credentials. */
  application?: string | undefined;
  /** Token of the session, where the operation takes one. */
  sessionToken?: string | undefined;
  /** User of the session, with strict authentication. */
  user?: string | undefined;
}

/** The connection of a request, for responses that take time. */
export interface Connection {
  /** Header `Last-Event-ID`: the last event that a client has seen. */
  lastEventId: string | undefined;
  /** Is aborted when the client goes away, and after the response. */
  signal: AbortSignal;
}

/** A request that has been validated. `Body` is the type that the contract generates of the operation's body. */
export interface HandlerRequest<Body = unknown> {
  operation: Operation;
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: Body;
  caller: Caller;
  /** The caller's space: its registrations, deliveries and journal. */
  space: Space;
  /** Only control operations that came over HTTP have one. */
  connection?: Connection | undefined;
}

/** The response of an operation. `body` is sent as JSON, or unchanged if it is a stream. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Handles the calls of one operation. @throws {Refusal} */
export type Handler<Body = unknown> = (request: HandlerRequest<Body>) => Answer | Promise<Answer>;

/**
 * A handler of any operation. It is called with a body that the validator has checked against the operation's schema,
 * which the compiler cannot know.
 */
export type AnyHandler = Handler<never>;

/** A handler for each operation of a document, given the document's generated `operations`. */
export type HandlersOf<Operations> = { [Id in keyof Operations]: Handler<BodyOf<Operations[Id]>> };

/** Handlers by API and operationId. An operation without one responds with the document's examples. */
export type Handlers = Record<string, Record<string, AnyHandler>>;

/** Creates a response with status 200. */
export const ok = (body: unknown): Answer => ({ status: 200, body });
