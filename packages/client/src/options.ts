import type { Credentials } from "./auth/credentials.ts";
import type { Hooks } from "./call/hooks.ts";
import type { TokenStore } from "./call/token-store.ts";

/** A function that sends a request, as the platform's `fetch` does. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** The second argument of {@link Fetch}. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body: string | null;
  /** A redirect is not followed, because the session token would go along. */
  redirect: "manual";
  /** Is aborted when the attempt takes too long or its caller aborts the call. */
  signal: AbortSignal;
}

/** The parts of a response that the client uses. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
  text(): Promise<string>;
}

/** What a client is made with. */
export interface ClientOptions extends Hooks {
  /** What the tokens come from; `authenticate` gives or replaces them later. */
  credentials?: Credentials | undefined;
  /**
   * Which of the servers named in the documents is called.
   * @default "production"
   */
  environment?: "production" | "mock" | undefined;
  /**
   * Replaces scheme, host and port of every server, for a mock or a proxy elsewhere.
   * @example "http://127.0.0.1:5000"
   */
  origin?: string | undefined;
  /**
   * Lets `origin` be plain http beyond loopback, where everybody on the way can read the tokens.
   * @default false
   */
  allowHttp?: boolean | undefined;
  /**
   * Sends the requests. Takes `fetch` of undici and node-fetch as they are.
   * @default globalThis.fetch
   * @example (url, init) => undici.fetch(url, { ...init, dispatcher })
   */
  fetch?: Fetch | undefined;
  /**
   * How long one attempt may take until its whole answer has been read, in milliseconds, up to 2,147,483,647.
   * @default 10000
   */
  timeoutMs?: number | undefined;
  /**
   * How often a call is repeated, 0 to 10 times, after a lost answer, a timeout, or one of 408, 429, 500, 502, 503, 504;
   * a login only after 429 and 503, and when no connection could be made.
   * @default 2
   */
  retries?: number | undefined;
  /** Keeps tokens outside this process, so that several share one session. @default memory */
  tokenStore?: TokenStore | undefined;
}
