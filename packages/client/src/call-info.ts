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
  readonly operation: string;
  readonly account: string | undefined;
  attempts = 0;
  readonly #redact: (text: string) => string;

  constructor(operation: string, account: string | undefined, redact: (text: string) => string) {
    this.operation = operation;
    this.account = account;
    this.#redact = redact;
  }

  /** A text that is not ours, without the secrets of the call, which it may quote. */
  static redacted(call: CallInfo, text: string): string {
    return #redact in call ? call.#redact(text) : text;
  }
}

export const { redacted } = SecretiveInfo;
