import { apis } from "../generated/apis.ts";
import type { Messages } from "../generated/messages.ts";
import type { Api } from "../options.ts";
import {
  createInvalid,
  validateFunction,
  validateHandlers,
  validateObject,
  validateWholeNumber,
} from "../validate.ts";
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

/** A handler for each `type` that the API's document has, and `other` for the rest. */
export type InboxHandlers<A extends Api> = {
  [Type in keyof Messages[A]]?: InboxHandler<Messages[A][Type]> | undefined;
};

/**
 * Handles a stored message, without its password. It is called again when it throws an error, takes too long, or the process ends
 * within it.
 */
export type InboxHandler<Message> = (message: Message, delivery: InboxDelivery) => unknown;

/** Facts about a message in addition to its content. */
export interface InboxDelivery {
  /** Identifies the message in the store. */
  id: string;
  /** The same for all deliveries and attempts of the message: use it where your own database must know the message once. */
  key: string;
  /** 1 for the first attempt. */
  attempt: number;
  receivedAt: Date;
  /** Is aborted when the attempt has taken too long, and when the inbox stops without waiting for it any longer. */
  signal: AbortSignal;
}

/**
 * Something that happened to a message. `stored`: it was stored, and the sender is told so. `repeat`: it was known already.
 * `handled`, `retry`, `dead`: how an attempt ended. `released`: `stop` ended the attempt, which does not count. `lost`: the attempt
 * has ended after another process took the message.
 */
export interface InboxEvent {
  event: "stored" | "repeat" | "handled" | "retry" | "dead" | "released" | "lost";
  api: Api;
  /** The documented type of the message, or `other`. */
  type: string;
  account: string | undefined;
  /** Attempts so far. */
  attempts: number;
  /** Milliseconds that storing the message, or the attempt, took. */
  durationMs: number;
  /** Milliseconds since the message was received. */
  ageMs: number;
}

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

/** The options after validation, with defaults. */
export interface InboxSettings {
  api: Api;
  store: InboxStore;
  /** By `type`. */
  handlers: Map<unknown, InboxHandler<unknown>>;
  key: ((message: unknown) => unknown) | undefined;
  orderKey: ((message: unknown) => unknown) | undefined;
  repeatWindowMs: number;
  concurrency: number;
  maxAttempts: number;
  retryPauseMs: (attempts: number) => number;
  handlerTimeoutMs: number;
  leaseMs: number;
  pollMs: number;
  keepHandledMs: number;
  onEvent: (event: InboxEvent) => unknown;
  onError: (error: unknown, failure: InboxFailure) => unknown;
}

const options = {
  api: true,
  store: true,
  handlers: true,
  key: true,
  orderKey: true,
  repeatWindowMs: true,
  concurrency: true,
  maxAttempts: true,
  retryPauseMs: true,
  handlerTimeoutMs: true,
  leaseMs: true,
  pollMs: true,
  keepHandledMs: true,
  onEvent: true,
  onError: true,
} satisfies Record<keyof InboxOptions<Api>, true>;

const storeMethods = ["add", "take", "renew", "settle", "list", "count", "replay", "purge"] as const;

/** Validates the options of an inbox, also for callers without TypeScript. @throws {OptionError} */
export function validateInboxOptions(given: unknown): InboxSettings {
  const { api, store, handlers, ...rest } = validateObject(given, "options", Object.keys(options));
  if (typeof api !== "string" || !Object.hasOwn(apis, api)) {
    throw createInvalid("api", `one of ${Object.keys(apis).join(", ")}`);
  }
  const methods = (store ?? {}) as Record<string, unknown>;
  for (const method of storeMethods) validateFunction(methods[method], `store.${method}`);
  const known = api as Api;
  const number = (name: keyof InboxSettings, fallback: number) =>
    validateWholeNumber(rest[name] ?? fallback, name);
  const optional = <F>(name: keyof InboxSettings) =>
    rest[name] === undefined ? undefined : validateFunction<F>(rest[name], name);
  return {
    api: known,
    store: store as InboxStore,
    handlers: validateHandlers(apis[known].types, known, handlers, "handlers") as InboxSettings["handlers"],
    key: optional("key"),
    orderKey: optional("orderKey"),
    repeatWindowMs: number("repeatWindowMs", 3_600_000),
    concurrency: number("concurrency", 10),
    maxAttempts: number("maxAttempts", 10),
    retryPauseMs: optional("retryPauseMs") ?? growPause,
    handlerTimeoutMs: number("handlerTimeoutMs", 60_000),
    leaseMs: number("leaseMs", 30_000),
    pollMs: number("pollMs", 500),
    keepHandledMs: number("keepHandledMs", 604_800_000),
    onEvent: optional("onEvent") ?? (() => {}),
    onError: optional("onError") ?? reportError,
  };
}

/** The pause after a failed attempt, in milliseconds, unless the user chooses another. */
export const growPause = (attempts: number) => Math.min(3_600_000, 1_000 * 4 ** (attempts - 1));

function reportError(error: unknown, { code, id, attempts, isLast }: InboxFailure): void {
  const outcome = isLast ? "the message is dead" : "it will be tried again";
  const subject = id === undefined ? "The inbox" : `The message ${id}, attempt ${attempts},`;
  console.error(`${subject} failed (${code}); ${outcome}:`, error);
}
