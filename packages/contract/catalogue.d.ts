/** What the documents say, for programs: per API (`v1`, `v2`, ...) in redocly.yaml's order, every reference resolved. */
declare const catalogue: Record<string, Api>;
export default catalogue;

export interface Api {
  title: string;
  version: string;
  /** The day of that version, such as `2026-11-20`. */
  date: string;
  summary: string;
  /** Whether a generation of the callback API is current or superseded; the other documents have none. */
  status?: string;
  /** Base URLs. An API without `production` is the mock's own. */
  servers: { production?: string; mock: string };
  operations: Operation[];
  /** What the service POSTs; `path` is the webhook's name. */
  webhooks: Operation[];
}

export type Method = "get" | "put" | "post" | "patch" | "delete";

export interface Operation {
  operationId: string;
  method: Method;
  /** Below the server's base URL, with `{parameters}`. */
  path: string;
  summary: string;
  description: string;
  /** The one tag that groups it in the reference. */
  tag: string;
  parameters: Parameter[];
  requestBody?: RequestBody;
  /** By status, such as `200`. */
  responses: Record<string, Response>;
  /** All of them are demanded. */
  security: SecurityScheme[];
}

export type SecurityScheme = { name: string } & (
  | { sentAs: "bearer" | "basic" }
  | { sentAs: "header"; header: string }
);

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description: string;
  schema: Schema;
  examples: Record<string, Example>;
}

export interface RequestBody {
  required?: boolean;
  description: string;
  /** By media type. */
  content: Record<string, MediaType>;
}

export interface Response {
  description: string;
  /** By name. */
  headers?: Record<string, { description: string; schema: Schema }>;
  /** By media type. */
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema: Schema;
  examples: Record<string, Example>;
}

export interface Example {
  summary: string;
  value: unknown;
}

export interface Schema {
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
  examples?: unknown[];
  oneOf?: Schema[];
  pattern?: string;
  /** What `pattern` demands, in words that follow "must be". */
  "x-rule"?: string;
  /** Scheme that the mock also takes for this URL, for loopback hosts and for those that `--allow-target` names. */
  "x-mock-loopback"?: "http";
}
