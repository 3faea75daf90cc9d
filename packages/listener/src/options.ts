import type { FailureCode } from "./failure.ts";
import type { ApiWithCredentials, Messages } from "./generated/messages.ts";
import type { CallbackRequest } from "./request.ts";
import type { SeenStore } from "./seen.ts";

/** The generations of the API whose messages a listener can receive. */
export type Api = keyof Messages;

/** Options for `createCallbackListener`. */
export type ListenerOptions<A extends Api> = {
  /** The API that the URL is registered with. It decides what messages look like and how they can be verified. */
  api: A;
  /** How to recognize messages from ThingSpace. There is no default: an unverified message never reaches a handler. */
  verify: Verification<A>;
  /**
   * Handlers by message `type`; `other` receives every message that has no handler of its own here. A message without any
   * handler is acknowledged and dropped, and `onError` is told.
   */
  on: Handlers<A>;
  /**
   * Refuses a verified message that contradicts its document with 422. By default it goes to `on.other`, and `onError` is
   * told: the documents are incomplete, and ThingSpace repeats a refused message once at most.
   * @default false
   */
  strict?: boolean | undefined;
  /** Responds to GET and HEAD with 204, for senders that check a URL before they use it. @default false */
  probe?: boolean | undefined;
  /**
   * Acknowledges a repeated message without handling it again.
   * @default none: every message is handled
   */
  seen?: SeenOptions<Messages[A]["other"]> | undefined;
  /**
   * Receives what a handler, the store or `verify` threw, or an error that says why a request was refused. What it throws
   * itself is ignored.
   * @default errors of the program go to `console.error`, the rest to `console.warn`, one line per cause and minute
   */
  onError?: ((error: unknown, failure: Failure) => unknown) | undefined;
  /**
   * Receives a line about each response, for metrics. What it throws is ignored.
   * @example ({ type, status, durationMs }) => histogram.record(durationMs, { type, status })
   */
  onMessage?: ((event: MessageEvent) => unknown) | undefined;
  /**
   * Time limit for handlers and the store, and for a `verify` function, in milliseconds. The default leaves a second of
   * the 4 seconds after which the sender of a sibling API was seen to repeat a message (departure D10).
   * @default 3000
   */
  handlerTimeoutMs?: number | undefined;
  /** Time limit for the body to arrive, in milliseconds. @default 10000 */
  bodyTimeoutMs?: number | undefined;
  /** Size limit of a body, in bytes. @default 2097152 (2 MiB, about 15,000 devices) */
  maxBodyBytes?: number | undefined;
} & AddressOptions;

/** Describes the response to a request for `onMessage`. An unverified sender cannot choose any of its values. */
export interface MessageEvent {
  api: Api;
  /** The documented type of a verified message, or `other`; undefined when no message was verified. */
  type: string | undefined;
  /** The account that a verified message names. */
  account: string | undefined;
  /** The status of the response. */
  status: number;
  /** Milliseconds from the headers to the response. */
  durationMs: number;
  /** The message was known, to the `seen` store or to the inbox, and was not handled again. */
  repeat: boolean;
}

/** Options for handling a repeated message once. */
export interface SeenOptions<Message = unknown> {
  /** Remembers the messages: `createMemorySeenStore()`, or your own for several processes. */
  store: SeenStore;
  /**
   * Returns a text that is the same for all deliveries of one message. The store receives a hash of it.
   * @default the message in canonical form, without the members that a retry changes (departure D10)
   * @example ({ upgradeId, status }) => `${upgradeId} ${status}`
   */
  key?: ((message: Message, request: CallbackRequest) => string) | undefined;
}

/** Limits who may connect at all. Both or neither: only you know which proxies are in front of the listener. */
export type AddressOptions =
  | { allowedAddresses?: undefined; clientAddress?: undefined }
  | {
      /** IP addresses, not ranges. `publishedAddresses.addresses` are those that the vendor lists. @default all */
      allowedAddresses: readonly string[];
      /**
       * Returns the address of the sender.
       * @example ({ remoteAddress }) => remoteAddress  // Node.js without a proxy
       * @example ({ headers }) => headers.get("CF-Connecting-IP") ?? undefined
       */
      clientAddress: (request: CallbackRequest) => string | undefined;
    };

/** Exactly one way to verify messages. */
export type Verification<A extends Api> =
  | (A extends ApiWithCredentials ? CredentialsVerification : never)
  | PathSecretVerification
  | VerifyFunction
  | InsecureVerification;

/** Verifies by the username and password of the registration, which come back in each message. */
export interface CredentialsVerification {
  username: string;
  /**
   * One password, or several. At a sibling API, messages with the previous password came for a quarter of an hour after a
   * change: list both for that time (departure D10).
   */
  password: string | readonly string[];
}

/** Verifies by a secret that is the last segment of the registered URL's path. */
export interface PathSecretVerification {
  /**
   * One secret, or several: list the previous one, too, while you change the URL. At least 22 of the characters
   * `A-Z a-z 0-9 - . _ ~`, chosen at random. A trailing slash and percent-encoding in the URL make no difference.
   * @example "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55" // crypto.randomUUID()
   */
  pathSecret: string | readonly string[];
}

/**
 * Verifies a message in your own way.
 *
 * @param message the JSON value as it was sent, before it is checked against the document.
 * @returns `true` for a message from ThingSpace. Every other value, an error, and taking longer than `handlerTimeoutMs`
 * mean no.
 */
export type VerifyFunction = (message: unknown, request: CallbackRequest) => boolean | Promise<boolean>;

/** Accepts messages from anyone, with a warning when the listener is created. */
export interface InsecureVerification {
  insecure: true;
}

/**
 * A handler for each `type` that the API's document has, and `other` for the rest. Unless `strict` is set, `other` also
 * receives messages that contradict the document: their members may have other types than declared.
 */
export type Handlers<A extends Api> = {
  [Type in keyof Messages[A]]?: Handler<Messages[A][Type]> | undefined;
};

/**
 * Handles a message. Resolves with `{ repeat: true }`, as the `accept` of an inbox does, to tell `onMessage` that it knew it.
 *
 * The message is acknowledged when the handler has finished. The handler may be called again for the same message: when
 * it threw an error or took too long, or when ThingSpace repeats a message and there is no `seen` store.
 */
export type Handler<Message> = (message: Message, request: CallbackRequest) => unknown;

/** Tells `onError` what failed. */
export interface Failure {
  code: FailureCode;
  /**
   * The status of the response; 204 when the message was acknowledged all the same (`NO_HANDLER`, `UNDOCUMENTED_MESSAGE`, and
   * `SEEN_FAILED` after it was handled).
   */
  status: number;
  request: CallbackRequest;
}
