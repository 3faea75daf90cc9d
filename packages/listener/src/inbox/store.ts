/**
 * Keeps the messages of one inbox. Several processes can share a store, if it is made for that.
 *
 * Implement it over your own database, and hold it to the cases of `@thingspace-callbacks/listener/conformance`. A method
 * that fails rejects: the sender then gets 500, or tries again later.
 */
export interface InboxStore {
  /**
   * Stores a message, and resolves when it would survive the end of the process: the sender is then told that the message was
   * accepted.
   *
   * With `leaseMs`, the store may also take the message in the same step, which saves a `take`: only if no other message with
   * the same `orderKey` is `waiting` or `active`. A store that never does so is right, too.
   *
   * @returns `known`, and stores nothing, when a message with the same key was stored within `repeatWindowMs`. Of several
   * calls with one key at the same time, one gets `added` or the message taken.
   */
  add(
    message: NewMessage,
    options: { repeatWindowMs: number; leaseMs?: number | undefined },
  ): Promise<"added" | "known" | { taken: StoredMessage }>;
  /**
   * Takes messages to handle. Of the messages with the same `orderKey` only the first that is `waiting` or `active` can be
   * taken, when it is due; the order is that in which they were stored. Fewer messages than the limit do not mean that there
   * are no more, but none does. No `orderKey` may keep the others from their turn. A taken message becomes `active`, its `attempts` grow by one,
   * and nobody else can take it for `leaseMs`; after that it is due again, because the process that took it has ended.
   */
  take(options: { limit: number; leaseMs: number }): Promise<StoredMessage[]>;
  /** Prolongs leases to `leaseMs` from now. Ignores those that have been lost. */
  renew(leases: Lease[], options: { leaseMs: number }): Promise<void>;
  /**
   * Records the outcome of an attempt.
   *
   * @returns false, and records nothing, when the lease has been lost: another process has taken the message since.
   */
  settle(lease: Lease, outcome: Outcome): Promise<boolean>;
  /** Lists messages in the order in which they were stored, or replayed. */
  list(options: {
    state?: MessageState | undefined;
    limit: number;
    after?: string | undefined;
  }): Promise<StoredMessage[]>;
  /** Returns the number of messages in each state. */
  count(): Promise<Record<MessageState, number>>;
  /**
   * Makes handled and dead messages `waiting` again, due at once and with no attempts, behind all others of the same
   * `orderKey`. They get a new `id`. Ignores ids of other messages.
   *
   * @returns the number of messages that are waiting again.
   */
  replay(ids: string[]): Promise<number>;
  /**
   * Deletes handled or dead messages that have been so for longer than `olderThanMs`. The key of a deleted message is forgotten.
   *
   * @returns the number of deleted messages.
   */
  purge(options: { state: "handled" | "dead"; olderThanMs: number }): Promise<number>;
}

/**
 * State of a message. `waiting`: to be handled. `active`: being handled. `handled`: done. `dead`: given up after the last
 * attempt; it is kept, and can be replayed.
 */
export type MessageState = "waiting" | "active" | "handled" | "dead";

/** A message to store. All texts but `body` are short ASCII. */
export interface NewMessage {
  /** Identifies the message: a repeat has the same key. At most 100 characters. */
  key: string;
  /** Messages with the same order key are handled one after the other. At most 200 characters. */
  orderKey: string;
  /** The message as JSON, without the password. */
  body: string;
}

export interface StoredMessage extends NewMessage {
  /** Identifies the message in the store, at most 100 characters. */
  id: string;
  state: MessageState;
  /** Number of attempts so far, with the one of an active message. */
  attempts: number;
  /** Why the last attempt failed. */
  error?: string | undefined;
  /** Milliseconds since 1970. */
  receivedAt: number;
}

/** The right to handle a message until the lease ends: the message's id, and its `attempts` when it was taken. */
export type Lease = Pick<StoredMessage, "id" | "attempts">;

/**
 * How an attempt ended. `retry`: the message is waiting again, and due in `pauseMs`. `released`: the inbox was stopped; the message is
 * waiting again, due at once, and its `attempts` are one less, as if it had not been taken.
 */
export type Outcome =
  | { state: "handled" }
  | { state: "released"; error: string }
  | { state: "retry"; pauseMs: number; error: string }
  | { state: "dead"; error: string };
