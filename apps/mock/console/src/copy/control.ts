import { controlHeaders, spaceHeaders } from "../api/session.ts";
import { facts, getOperation, getRegister, origin } from "../facts.ts";
import { formatCurl } from "./curl.ts";
import { type CopiedRequest, requestOf } from "./request.ts";

/** Stands for the control token in what is copied: the console shows no secret. */
const tokenPlaceholder = "YOUR_CONTROL_TOKEN";

/** Returns a request of the control API to copy. */
export function controlRequest(
  operationId: string,
  { path, body }: { path?: Record<string, string>; body?: unknown } = {},
): CopiedRequest {
  const operation = getOperation("control", operationId);
  const needsToken = facts.tokenHeader in controlHeaders();
  const { [facts.tokenHeader]: _, ...needed } = operation.headers;
  return {
    ...requestOf(operation, { origin, ...(path && { path }), ...(body !== undefined && { body }) }),
    headers: { ...needed, ...spaceHeaders(), ...(needsToken && { [facts.tokenHeader]: tokenPlaceholder }) },
  };
}

/** Returns a command of the control API with the document's example, of which `change` replaces members. */
export function controlCommand(operationId: string, change: object = {}): string {
  const example = getOperation("control", operationId).body?.example;
  return formatCurl(
    controlRequest(operationId, example === undefined ? {} : { body: { ...example, ...change } }),
  );
}

/** Returns a command that registers a callback for the first generation, or for the given one. */
export function registerCommand(generation = facts.generations[0], path?: Record<string, string>): string {
  const operation = getRegister(generation);
  const body = operation.body?.example;
  return formatCurl(requestOf(operation, { origin, headers: spaceHeaders(), body, ...(path && { path }) }));
}

/** The account of the register command, to which a message can be sent then. */
export const exampleAccount = () => Object.values(getRegister().exampleParameters)[0] ?? "";
