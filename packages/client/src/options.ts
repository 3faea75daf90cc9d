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
  /** Aborted when the attempt takes too long or its caller aborts the call. */
  signal: AbortSignal;
}

/** The parts of a response that the client uses. */
export interface FetchResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
  text(): Promise<string>;
}

/** Options for `createThingSpaceClient`. */
export interface ClientOptions extends Hooks {
  /** Credentials for the tokens. `authenticate` sets or replaces them later. */
  credentials?: Credentials | undefined;
  /**
   * The servers to call, of those that the documents name.
   * @default "production"
   */
  environment?: "production" | "mock" | undefined;
  /**
   * Replaces scheme, host and port of every server, for a mock or a proxy at another address.
   * @example "http://127.0.0.1:5000"
   */
  origin?: string | undefined;
  /**
   * Allows an `origin` that is plain http and not on this machine. Everyone between the two can then read the tokens.
   * @default false
   */
  allowHttp?: boolean | undefined;
  /**
   * Sends the requests. The `fetch` of undici and node-fetch can be given as they are.
   * @default globalThis.fetch
   * @example (url, init) => undici.fetch(url, { ...init, dispatcher })
   */
  fetch?: Fetch | undefined;
  /**
   * How long one attempt may take until its whole body has been read, in milliseconds, up to 2,147,483,647.
   * @default 10000
   */
  timeoutMs?: number | undefined;
  /**
   * How often a call is retried after a network error, a timeout, or status 408, 429, 500, 502, 503 or 504: 0 to 10
   * times. A login is retried only after 429 and 503, and when no connection could be made.
   * @default 2
   */
  retries?: number | undefined;
  /**
   * Keeps tokens outside this process, so that several processes share one session.
   * @default the memory of this client
   */
  tokenStore?: TokenStore | undefined;
}
