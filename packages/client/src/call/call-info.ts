import { sessionHeader } from "../generated/operations.ts";

/** Which call it was, for logs. */
export interface CallInfo {
  /** API and operationId, such as `v1.registerCallback`. */
  readonly operation: string;
  /** The account it was about, if the operation has one. */
  readonly account: string | undefined;
  /** How often it was sent. */
  readonly attempts: number;
}

/** A call info that knows the secrets of its call, which spreading, logging and serializing it do not show. */
export class SecretiveInfo implements CallInfo {
  declare readonly operation: string;
  declare readonly account: string | undefined;
  attempts = 0;
  readonly #secrets: unknown[];
  readonly #headers: Record<string, string>;

  constructor(
    operation: string,
    account: string | undefined,
    secrets: unknown[],
    headers: Record<string, string>,
  ) {
    this.operation = operation;
    this.account = account;
    this.#secrets = secrets;
    this.#headers = headers;
  }

  /** A text that is not ours, without the secrets of the call, which it may quote. */
  static redacted(call: CallInfo, text: string): string {
    if (!(#headers in call)) return text;
    const { authorization = "", [sessionHeader]: session } = call.#headers;
    return (
      [...call.#secrets, ...authorization.split(" "), session]
        .filter((secret): secret is string => typeof secret === "string" && secret.length > 3)
        // One may be part of another.
        .sort((one, other) => other.length - one.length)
        .reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text)
    );
  }
}

export const { redacted } = SecretiveInfo;
