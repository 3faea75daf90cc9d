import { tokenHeaders } from "../generated/facts.ts";

/** Identifies a call in results, errors and logs. */
export interface CallInfo {
  /** API and operationId, such as `v1.registerCallback`. */
  readonly operation: string;
  /** The account that the call is about; undefined for an operation without one. */
  readonly account: string | undefined;
  /** How many requests the call has sent; token requests are not counted. */
  readonly attempts: number;
}

/**
 * The call info of a call that is being sent. The secrets are in a private member, so that spreading, printing or
 * serializing a call info cannot show them. A WeakMap beside it would cost every call much more in garbage collection.
 */
export class CountedInfo implements CallInfo {
  declare readonly operation: string;
  declare readonly account: string | undefined;
  declare attempts: number;
  readonly #secrets: CallSecrets;

  constructor(operation: string, account: string | undefined, secrets: CallSecrets) {
    this.operation = operation;
    this.account = account;
    this.attempts = 0;
    this.#secrets = secrets;
  }

  /** Returns the secrets of a call; undefined for a copy of its info. */
  static getSecrets(info: CallInfo): CallSecrets | undefined {
    return #secrets in info ? info.#secrets : undefined;
  }
}

interface CallSecrets {
  /** The credentials of the client when the call was made, in every form in which they are sent. */
  credentials: readonly string[];
  /** The headers of the call, which have its tokens. */
  headers: Record<string, string>;
}

/** Replaces the secrets of a call in a text that others wrote and that may quote them. */
export function redactText(text: string, call: CallInfo): string {
  const secrets = CountedInfo.getSecrets(call);
  if (!secrets) return text;
  const { credentials, headers } = secrets;
  const tokens = Object.values(tokenHeaders).flatMap(({ name }) => headers[name]?.split(" ") ?? []);
  return (
    [...credentials, ...tokens]
      // Shorter ones cannot be told from other text.
      .filter((secret) => secret.length > 3)
      // Longest first, because one may be part of another.
      .sort((one, other) => other.length - one.length)
      .reduce((redacted, secret) => redacted.replaceAll(secret, "[redacted]"), text)
  );
}
