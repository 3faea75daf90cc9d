import type { Messages } from "../generated/messages.ts";
import type { Api } from "../options.ts";
import type { InboxEvent } from "./event.ts";
import type { InboxFailure } from "./failure.ts";
import type { InboxHandlers } from "./handler.ts";
import type { InboxStore } from "./store.ts";

/** Options for `createInbox`. */
export interface InboxOptions<A extends Api> {
  /** The API that the URL is registered with. */
  api: A;
  /** Keeps the messages. One store for one inbox; several processes with the same handlers can share it. */
  store: InboxStore;
  /**
   * Handlers by message `type`; `other` receives every message that has no handler of its own, and messages that contradict
   * the document. A message without any handler becomes `dead`, and can be replayed when there is one.
   */
  handlers: InboxHandlers<A>;
  /**
   * Returns a text that is the same for all deliveries of one message. It is hashed.
   * @default the message in canonical form, without the members that a retry changes (departure D10)
   */
  key?: ((message: Messages[A]["other"]) => string) | undefined;
  /**
   * Returns a text that messages have in common when they must be handled one after the other. It is hashed.
   * @default the account and the upgrade
   * @example ({ id }) => String(id)
   */
  orderKey?: ((message: Messages[A]["other"]) => string) | undefined;
  /** How long a message with the same key counts as a repeat, in milliseconds. @default 3600000 */
  repeatWindowMs?: number | undefined;
  /** Number of messages that this process handles at the same time. @default 10 */
  concurrency?: number | undefined;
  /** Attempts before a message is dead. An attempt that a crash ended counts, and one that `stop` ended does not. @default 10 */
  maxAttempts?: number | undefined;
  /**
   * Returns the pause after a failed attempt, in milliseconds; `attempts` is 1 after the first.
   * @default 1 s, and four times as long each time, up to an hour: ten attempts take three and a half hours
   */
  retryPauseMs?: ((attempts: number) => number) | undefined;
  /** Time limit of a handler, in milliseconds; the attempt has failed afterwards, and its `signal` is aborted. @default 60000 */
  handlerTimeoutMs?: number | undefined;
  /**
   * How long a message belongs to the process that handles it, in milliseconds. It is prolonged as long as the handler works;
   * after a crash the message waits for the rest of it. A process whose event loop is blocked for longer loses its messages to another
   * one. @default 30000
   */
  leaseMs?: number | undefined;
  /** How often the store is asked for messages of other processes, in milliseconds. @default 500 */
  pollMs?: number | undefined;
  /** How long handled messages are kept, for `list` and `replay`, in milliseconds. @default 604800000 (7 days) */
  keepHandledMs?: number | undefined;
  /** Receives everything that happens to a message, for metrics. What it throws is ignored. */
  onEvent?: ((event: InboxEvent) => unknown) | undefined;
  /**
   * Receives what a handler or the store threw. What it throws itself is ignored.
   * @default `console.error`
   */
  onError?: ((error: unknown, failure: InboxFailure) => unknown) | undefined;
}
