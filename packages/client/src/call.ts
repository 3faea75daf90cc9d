import type { SecretiveInfo } from "./call-info.ts";
import type { Slot } from "./slot.ts";
import type { Row } from "./table.ts";
import type { StoredToken } from "./token-store.ts";

/** A call on its way. */
export interface Call {
  api: string;
  operationId: string;
  security: Row[2];
  method: string;
  url: string;
  /** By lower-case name. Tokens are put into them. */
  headers: Record<string, string>;
  body: string | undefined;
  timeoutMs: number | undefined;
  signal: AbortSignal | undefined;
  /** For errors; counts the attempts. */
  info: SecretiveInfo;
  /** The tokens of the last attempt. */
  sent?: Sent[];
}

/** A token that was sent, and where it came from. */
export interface Sent {
  kind: Row[2];
  slot: Slot;
  token: StoredToken;
}
