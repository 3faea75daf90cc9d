import type { SecretiveInfo } from "./call-info.ts";
import type { CallOptions } from "./call-options.ts";
import type { TokenKind } from "./table.ts";
import type { StoredToken } from "./token-store.ts";

/** A call on its way. */
export interface Call extends Omit<CallOptions, "headers"> {
  api: string;
  operationId: string;
  method: string;
  url: string;
  /** By lower-case name. Tokens are put into them. */
  headers: Record<string, string>;
  body: string | null;
  /** The tokens that it needs. */
  tokens: readonly TokenKind[];
  /** For errors; counts the attempts. */
  info: SecretiveInfo;
  /** The tokens of the last attempt. */
  sent: Partial<Record<TokenKind, StoredToken>>;
}
