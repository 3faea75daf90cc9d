import type { Body } from "./body.ts";
import type { Operation } from "./operation.ts";
import type { Schema } from "./schema.ts";

/** A documented response. */
export interface Response {
  description: string;
  /** By name. */
  headers: Record<string, { description: string; schema: Schema }>;
  body?: Body;
}

/** Returns the documented response of a status, if there is one. */
export function findResponse({ responses }: Operation, status: number | string): Response | undefined {
  return Object.hasOwn(responses, status) ? responses[status] : undefined;
}

/** Returns the one successful response of an operation and its status. */
export function getSuccess(operation: Operation): { status: number; response: Response } {
  const [success] = Object.entries(operation.responses).filter(([status]) => /^2\d\d$/.test(status));
  if (!success) throw new Error(`${operation.operationId} has no successful response`);
  const [status, response] = success;
  return { status: Number(status), response };
}

/** Returns the value of a named example of a response, if the document has it. */
export function findResponseExample(operation: Operation, status: number | string, name: string): unknown {
  const examples = findResponse(operation, status)?.body?.examples ?? {};
  return Object.hasOwn(examples, name) ? examples[name]?.value : undefined;
}
