import type { JournalEntry } from "../api/call.ts";
import type { OperationFacts } from "../facts.ts";

/** A request to copy. */
export interface CopiedRequest {
  method: string;
  /** The whole URL. */
  url: string;
  headers: Record<string, string>;
  /** The body: a value of JSON, or text that is not JSON. */
  body?: unknown;
  /** Status of the response, if there was one. */
  status?: number;
  /** The mock sent it, to a listener. */
  isMessage?: boolean;
  /** The operation, if it is one, and the values of its path. */
  operation?: OperationFacts;
  parameters?: string[];
}

/** Fills the `{parameters}` of a path. */
export function fillTemplate(path: string, values: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}

/** Returns the request of an operation. */
export function requestOf(
  operation: OperationFacts,
  {
    origin,
    headers,
    path = operation.exampleParameters,
    body,
  }: {
    origin: string;
    headers?: Record<string, string>;
    path?: Record<string, string>;
    body?: unknown;
  },
): CopiedRequest {
  return {
    method: operation.method,
    url: origin + fillTemplate(operation.path, path),
    headers: { ...operation.headers, ...headers },
    ...(body !== undefined && { body }),
    operation,
    parameters: operation.parameters.map((name) => path[name] ?? ""),
  };
}

/**
 * Returns the request of a journal entry. The journal has no secrets, so that the headers of an operation have those of
 * the document's example: any tokens.
 */
export function requestOfEntry(
  entry: JournalEntry,
  {
    origin,
    headers,
    operations,
  }: {
    origin: string;
    headers?: Record<string, string>;
    operations: OperationFacts[];
  },
): CopiedRequest {
  const { method, direction, status } = entry;
  const operation = operations.find(
    ({ api, operationId }) => api === entry.api && operationId === entry.operationId,
  );
  const isMessage = direction === "out";
  const body = readBody(entry.body);
  const type = entry.headers["content-type"];
  return {
    method,
    url: isMessage ? entry.url : origin + entry.url,
    headers: {
      ...(operation?.headers ?? (type !== undefined && { "Content-Type": type })),
      ...(!isMessage && headers),
    },
    ...(body !== undefined && { body }),
    ...(status !== undefined && { status }),
    isMessage,
    ...(operation && { operation, parameters: readParameters(operation, entry.url) }),
  };
}

function readBody(text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readParameters({ path }: OperationFacts, url: string): string[] {
  const segments = (url.split("?")[0] ?? "").split("/");
  return path
    .split("/")
    .flatMap((segment, index) => (segment.startsWith("{") ? [decode(segments[index] ?? "")] : []));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the body as the text that is sent. */
export function encodeCopiedBody({ body, operation }: CopiedRequest): string | undefined {
  if (body === undefined || typeof body === "string") return body;
  if (operation?.body?.mediaType === "application/x-www-form-urlencoded") {
    return new URLSearchParams(body as Record<string, string>).toString();
  }
  return JSON.stringify(body);
}
