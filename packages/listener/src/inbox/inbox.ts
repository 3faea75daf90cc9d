import { ignoreErrors } from "../ignore-errors.ts";
import { getAccount, getKnownType } from "../message-facts.ts";
import type { Api } from "../options.ts";
import { createInvalid, validateWholeNumber } from "../validate.ts";
import { hashText } from "./hash.ts";
import { createOrderKey, describeMessage, withoutPassword, writeJson } from "./identify.ts";
import { limitStore } from "./limit-store.ts";
import type { InboxOptions } from "./options.ts";
import { validateInboxOptions } from "./settings.ts";
import type { MessageState, StoredMessage } from "./store.ts";
import { createWorker } from "./worker.ts";

/** Stores the messages of a listener, and handles them afterwards. */
export interface Inbox {
  /**
   * The handler to give to the listener: stores a message, and resolves when it is stored. `repeat` is true when the message was
   * known. Rejects when the store fails, so that the listener responds with 500.
   */
  accept(message: unknown): Promise<{ repeat: boolean }>;
  /** Begins to handle messages, also those that were stored before the process started. */
  start(): void;
  /**
   * Stops handling messages: takes no more, and waits for the handlers that are working. Those that have not finished in time are
   * aborted by their `signal`, and their messages are waiting again. `accept` still stores messages. When the store does not
   * respond, it takes `leaseMs` longer.
   *
   * @param options `timeoutMs`: how long to wait for running handlers, in milliseconds; 10,000 by default.
   */
  stop(options?: { timeoutMs?: number | undefined }): Promise<void>;
  /**
   * Lists messages in the order in which they were stored.
   *
   * @param options `limit` is 100 by default; `after` is the `id` of the last message of the page before.
   * @example
   * for (const { id, attempts, error } of await inbox.list({ state: "dead" })) console.log(id, attempts, error);
   */
  list(options?: {
    state?: MessageState | undefined;
    limit?: number | undefined;
    after?: string | undefined;
  }): Promise<ListedMessage[]>;
  /** Returns the number of messages in each state. A database counts the handled ones one by one: do not ask every second. */
  count(): Promise<Record<MessageState, number>>;
  /**
   * Handles dead or handled messages once more, behind all waiting messages of the same account and upgrade.
   *
   * @param ids from `list`; other ids are ignored.
   * @returns the number of messages that are waiting again.
   */
  replay(ids: readonly string[]): Promise<number>;
  /**
   * Deletes dead or handled messages. Handled ones are also deleted by the inbox, after `keepHandledMs`.
   *
   * @param options `olderThanMs`: how long ago they became so. 0 by default.
   * @returns the number of deleted messages.
   */
  purge(options: { state: "handled" | "dead"; olderThanMs?: number | undefined }): Promise<number>;
}

/** A message of an inbox. */
export interface ListedMessage extends Omit<StoredMessage, "body" | "receivedAt"> {
  /** The message, without the password. */
  message: unknown;
  receivedAt: Date;
}

/**
 * Creates an inbox. The listener stores each verified message in it and acknowledges it within milliseconds; the inbox
 * calls the handler afterwards, and again until it succeeds. Messages of the same account and upgrade are handled one after the
 * other, in the order in which they came.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @example
 * const inbox = createInbox({
 *   api: "v1",
 *   store: createSqliteInboxStore({ file: "inbox.sqlite" }),
 *   handlers: { other: async (message) => work(message) },
 * });
 * const listener = createCallbackListener({ api: "v1", verify, on: { other: inbox.accept } });
 * inbox.start();
 */
export function createInbox<const A extends Api>(options: InboxOptions<A>): Inbox {
  const settings = validateInboxOptions(options);
  const { api, store, repeatWindowMs, onEvent } = settings;
  const worker = createWorker({ ...settings, store: limitStore(store, settings.leaseMs) });

  return {
    accept,
    start: worker.start,
    stop: ({ timeoutMs = 10_000 } = {}) => worker.stop(validateWholeNumber(timeoutMs, "timeoutMs")),
    list: async ({ state, limit = 100, after } = {}) => {
      if (state !== undefined) demandState(state, ["waiting", "active", "handled", "dead"]);
      const messages = await store.list({ state, limit, after });
      return messages.map(({ body, receivedAt, ...stored }) => ({
        ...stored,
        message: JSON.parse(body),
        receivedAt: new Date(receivedAt),
      }));
    },
    count: () => store.count(),
    replay: async (ids) => {
      const replayed = await store.replay([...ids]);
      worker.wake();
      return replayed;
    },
    purge: async ({ state, olderThanMs = 0 }) => {
      demandState(state, ["handled", "dead"]);
      return store.purge({ state, olderThanMs });
    },
  };

  async function accept(received: unknown): Promise<{ repeat: boolean }> {
    const startedAt = Date.now();
    const message = withoutPassword(api, received);
    const key = await hashText(callFor("key", message) ?? describeMessage(api, message));
    const chosen = callFor("orderKey", message);
    const orderKey = await (chosen === undefined ? createOrderKey(api, message) : hashText(chosen));
    const body = writeJson(message);
    const result = await worker.store((options) =>
      store.add({ key, orderKey, body }, { repeatWindowMs, ...options }),
    );
    const repeat = result === "known";
    ignoreErrors(() =>
      onEvent({
        event: repeat ? "repeat" : "stored",
        api,
        type: getKnownType(api, message),
        account: getAccount(api, message),
        attempts: 0,
        durationMs: Date.now() - startedAt,
        ageMs: 0,
      }),
    );
    return { repeat };
  }

  /** Returns what the user's function makes of a message, if there is one. */
  function callFor(option: "key" | "orderKey", message: unknown): string | undefined {
    const text = settings[option]?.(message);
    if (text === undefined && !settings[option]) return undefined;
    if (typeof text === "string") return text;
    throw new TypeError(`${option} must return a string.`);
  }
}

/** For callers without TypeScript. @throws {OptionError} unless the state is one of these */
function demandState(state: MessageState, allowed: MessageState[]): void {
  if (!allowed.includes(state)) throw createInvalid("state", `one of ${allowed.join(", ")}`);
}
