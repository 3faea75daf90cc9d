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

/** The call info of a call that is being sent. */
export interface CountedInfo extends CallInfo {
  attempts: number;
}

interface CallSecrets {
  /** The credentials of the client when the call was made, in every form in which they are sent. */
  credentials: readonly string[];
  /** The headers of the call, which have its tokens. */
  headers: Record<string, string>;
}

// They are kept beside the call info, so that spreading, printing or serializing a call info cannot show them.
const secretsByInfo = new WeakMap<CallInfo, CallSecrets>();

/** Returns the info of a call that has not been sent. */
export function createCallInfo(
  operation: string,
  account: string | undefined,
  secrets: CallSecrets,
): CountedInfo {
  const info = { operation, account, attempts: 0 };
  secretsByInfo.set(info, secrets);
  return info;
}

/** Replaces the secrets of a call in a text that others wrote and that may quote them. */
export function redactText(text: string, call: CallInfo): string {
  const { credentials = [], headers = {} } = secretsByInfo.get(call) ?? {};
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
