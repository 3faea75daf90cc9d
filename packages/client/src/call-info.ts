/** Which call it was, for logs. */
export interface CallInfo {
  /** API and operationId, such as `v1.registerCallback`. */
  readonly operation: string;
  /** The account it was about, if the operation has one. */
  readonly account: string | undefined;
  /** How often it was sent. */
  readonly attempts: number;
}
