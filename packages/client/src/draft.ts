/** What a request is made of. Every attempt makes a new one: a `Request` can be sent once, and copying it costs more. */
export interface Draft {
  url: string;
  method: string;
  headers: Headers;
  body: string | undefined;
  /** A redirect is not followed: the session token would go along. */
  redirect: "manual";
}

/** Sends a draft. */
export type SendDraft = (draft: Draft, signal: AbortSignal) => Promise<Response>;

/** Sends drafts with the `fetch` of the options. */
export const draftSender =
  (fetch: ((request: Request) => Promise<Response>) | undefined): SendDraft =>
  ({ url, method, headers, body, redirect }, signal) => {
    const init = { method, headers, redirect, signal, ...(body !== undefined && { body }) };
    return fetch ? fetch(new Request(url, init)) : globalThis.fetch(url, init);
  };

/** The draft of a request. */
export async function draftOf(request: Request): Promise<Draft> {
  const { url, method, headers } = request;
  const body = method === "GET" || method === "HEAD" ? undefined : await request.text();
  return { url, method, headers, body, redirect: "manual" };
}
