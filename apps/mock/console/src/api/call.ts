import type { components, operations } from "@thingspace-callbacks/contract/types/control";
import { fillTemplate } from "../copy/request.ts";
import { facts, getOperation, origin } from "../facts.ts";
import { controlHeaders, tokenProblem } from "./session.ts";

export type JournalEntry = components["schemas"]["JournalEntry"];
export type Delivery = components["schemas"]["Delivery"];
export type Registration = components["schemas"]["PreparedRegistration"];
export type Fault = components["schemas"]["Fault"];
export type Clock = components["schemas"]["Clock"];
export type Spaces = Answer<"listSpaces">["spaces"];
export type Snapshots = Answer<"listSnapshots">["snapshots"];

export type ControlId = keyof operations;

type Json<Response> = Response extends { content: { "application/json": infer Body } } ? Body : never;
type Responses<Id extends ControlId> = operations[Id]["responses"];

/** The body of an operation's successful response. */
export type Answer<Id extends ControlId> = Json<
  Responses<Id> extends { 200: infer Ok }
    ? Ok
    : Responses<Id> extends { 202: infer Accepted }
      ? Accepted
      : never
>;

/** The status and the body of a response. */
export interface Result {
  status: number;
  body: unknown;
}

/** A control request that the mock refused. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Request {
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/**
 * Calls an operation of the control API.
 *
 * @throws {ControlError} when the mock refuses the request
 */
export async function callControl<Id extends ControlId>(
  operationId: Id,
  request: Request = {},
): Promise<Answer<Id>> {
  const response = await sendControl(operationId, request);
  const { status, body } = await readResult(response);
  if (!response.ok) throw new ControlError(status, readMessage(body));
  return body as Answer<Id>;
}

/** Sends a control request. A missing or wrong token makes the console ask for it. */
export async function sendControl(
  operationId: ControlId,
  { path = {}, query = {}, body }: Request = {},
  { headers, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> {
  const operation = getOperation("control", operationId);
  const search = new URLSearchParams(query).toString();
  const response = await fetch(origin + fillTemplate(operation.path, path) + (search && `?${search}`), {
    method: operation.method,
    headers: {
      ...controlHeaders(),
      ...(body !== undefined && operation.body && { "Content-Type": operation.body.mediaType }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.status === 401) {
    tokenProblem.value = facts.tokenHeader in controlHeaders() ? "The token is wrong." : "";
  }
  return response;
}

export async function readResult(response: Response): Promise<Result> {
  const text = await response.text();
  return { status: response.status, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Returns the sentence of an error body, of the control API or of ThingSpace. */
export function readMessage(body: unknown): string {
  const message = (body as { errorMessage?: unknown } | undefined)?.errorMessage;
  return typeof message === "string" ? message : (JSON.stringify(body) ?? "The response has no body.");
}
