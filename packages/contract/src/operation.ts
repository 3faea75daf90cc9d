import type { RequestBody } from "./body.ts";
import type { Parameter } from "./parameter.ts";
import type { Response } from "./response.ts";
import type { SecurityScheme } from "./security.ts";

export type Method = "get" | "put" | "post" | "patch" | "delete";

/** The effect of an operation on an account's registration. */
export type Role = "list" | "register" | "update" | "deregister";

/** An operation of one API. */
export interface Operation {
  /** Name of the API, such as `v1`. */
  api: string;
  operationId: string;
  method: Method;
  /** Path below the base URL of the server, with `{parameters}`. */
  path: string;
  summary: string;
  description: string;
  /** The tag that groups it in the reference. */
  tag: string;
  /** Only operations about an account's registration have a role. */
  role?: Role;
  parameters: Parameter[];
  body?: RequestBody;
  /** By status, such as `200`; those of a message are ranges such as `2XX`. */
  responses: Record<string, Response>;
  /** All of them are demanded. */
  security: SecurityScheme[];
}
