/** Tells `onError` what failed. */
export interface InboxFailure {
  /**
   * `HANDLER_FAILED`, `HANDLER_TIMEOUT`: an attempt failed. `NO_HANDLER`: there is no handler for the message. `TOO_MANY_CRASHES`:
   * the process ended within each attempt. `STORE_FAILED`: the store failed while messages were taken or settled, or took longer
   * than `leaseMs`; it is asked again. `RETRY_PAUSE_FAILED`: `retryPauseMs` returned no pause; the usual one is taken.
   */
  code:
    | "HANDLER_FAILED"
    | "HANDLER_TIMEOUT"
    | "NO_HANDLER"
    | "TOO_MANY_CRASHES"
    | "STORE_FAILED"
    | "RETRY_PAUSE_FAILED";
  /** The message, unless the store failed for all of them. */
  id?: string | undefined;
  attempts?: number | undefined;
  /** The message is dead. */
  isLast?: boolean | undefined;
}
