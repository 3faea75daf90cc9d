// The only file that imports openapi-fetch.
import createClient, { type Client } from "openapi-fetch";
import type { Draft } from "./draft.ts";
import type { Paths } from "./generated/operations.ts";

/** The plain openapi-fetch client of each document. Its requests get tokens, retries and hooks like all others. */
export type HttpClients = { [Api in keyof Paths]: Client<Paths[Api]> };

/** A client for the named operations, whose generated interface has checked the call already. */
export interface DraftingClient {
  request(
    method: string,
    path: string,
    init: {
      params: { path: Record<string, string> };
      headers: Record<string, string>;
      body: unknown;
      fetch(draft: Draft): Promise<Response>;
    },
  ): Promise<unknown>;
}

/** Makes the plain client of one document. */
export const createHttp = <P extends object>(
  baseUrl: string,
  fetch: (request: Request) => Promise<Response>,
) => createClient<P>({ baseUrl, fetch });

/** Makes a client that gives its `fetch` drafts instead of requests. */
export const createDrafting = (baseUrl: string): DraftingClient =>
  createClient({ baseUrl, redirect: "manual", Request: draft as unknown as typeof Request }) as never;

// With `new` a function gives the object that it returns.
function draft(url: string, init: Omit<Draft, "url">): Draft {
  return { ...init, url };
}
