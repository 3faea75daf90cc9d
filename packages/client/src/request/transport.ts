import type { TokenSource } from "../auth/token-source.ts";
import type { WatchAttempt } from "../call/call.ts";
import type { CallInfo } from "../call/call-info.ts";
import type { TokenKind } from "../call/operation.ts";
import type { ClientOptions } from "../options.ts";

/** The parts of a client that all of its calls use. */
export interface Transport {
  options: ClientOptions;
  /** @throws {ThingSpaceCredentialsError} when the client has no credentials for this kind of token. */
  getTokenSource(kind: TokenKind, info: CallInfo): TokenSource;
  /** The credentials that were given last, in every form in which they are sent. */
  secrets: readonly string[];
  /** Watches the attempts of token requests. */
  watch?: WatchAttempt;
}
