// The only file that imports openapi-fetch.
import createClient, { type Client } from "openapi-fetch";
import type { Paths } from "./generated/operations.ts";

/** The plain openapi-fetch client of each document. Its requests get tokens, retries and hooks like all others. */
export type HttpClients = { [Api in keyof Paths]: Client<Paths[Api]> };

/** A client without types: the generated interfaces have checked the calls that are made through it. */
export interface Untyped {
  request(
    method: string,
    path: string,
    init: {
      params: { path: Record<string, string> };
      headers: Record<string, string>;
      body: unknown;
      fetch(request: Request): Promise<Response>;
    },
  ): Promise<unknown>;
}

/** Makes the client of one document. Redirects are not followed: the session token would go along. */
export const createHttp = <P extends object>(
  baseUrl: string,
  fetch?: (request: Request) => Promise<Response>,
) => createClient<P>({ baseUrl, redirect: "manual", ...(fetch && { fetch }) });
