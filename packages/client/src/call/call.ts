import type { CountedInfo } from "./call-info.ts";
import type { CallOptions } from "./call-options.ts";
import type { TokenKind } from "./operation.ts";
import type { StoredToken } from "./token-store.ts";

/** A call that is being sent. */
export interface Call extends Omit<CallOptions, "headers"> {
  api: string;
  operationId: string;
  method: string;
  url: string;
  /** Headers by lower-case name. Authorizing the call adds the tokens. */
  headers: Record<string, string>;
  body: string | null;
  /** The tokens that it needs. */
  tokens: readonly TokenKind[];
  /** For errors; counts the attempts. */
  info: CountedInfo;
  /** The tokens of the last attempt. */
  sent: Partial<Record<TokenKind, StoredToken>>;
}

/** A response whose body has been read. */
export interface ReadResponse {
  response: Response;
  text: string;
}

/** How one attempt ended. */
export interface AttemptEnd {
  /** The status of the response; undefined without a response. */
  status: number | undefined;
  /** True if there is no response and the request certainly did not reach the service. */
  isUnsent?: boolean;
}

/** A function that is called before an attempt. The function that it returns is called with the attempt's end. */
export type WatchAttempt = (call: Call) => ((end: AttemptEnd) => void) | undefined;
