import { encodeBody } from "./body.ts";
import { getFirstExample } from "./example.ts";
import type { Operation } from "./operation.ts";
import { buildPath } from "./path.ts";
import { formatCredentials } from "./security.ts";

/** A request with the document's first examples and any tokens. */
export interface ExampleRequest {
  /** In upper case. */
  method: string;
  /** Path below the base URL of the server. */
  path: string;
  headers: Record<string, string>;
  /** The body as text. */
  body?: string;
}

/** Returns a request that the operation's document takes. */
export function buildExampleRequest(operation: Operation): ExampleRequest {
  const { body } = operation;
  return {
    method: operation.method.toUpperCase(),
    path: buildPath(operation, getExampleParameters(operation)),
    headers: getExampleHeaders(operation),
    ...(body && { body: encodeBody(body.mediaType, getFirstExample(body)) }),
  };
}

/** Returns the first example of each path parameter. */
export function getExampleParameters({ parameters }: Operation): Record<string, string> {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  return Object.fromEntries(inPath.map((parameter) => [parameter.name, String(getFirstExample(parameter))]));
}

/** Returns the headers that an operation's security and body demand, with any tokens. */
export function getExampleHeaders({ security, body }: Operation): Record<string, string> {
  return {
    ...Object.fromEntries(
      security.map((scheme) => [scheme.header, formatCredentials(scheme, anyToken(scheme))]),
    ),
    ...(body && { "Content-Type": body.mediaType }),
  };
}

const anyToken = ({ sentAs }: { sentAs: string }) => (sentAs === "basic" ? "any:any" : "any");
