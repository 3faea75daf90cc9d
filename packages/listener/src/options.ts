import type { ApiWithCredentials, Messages } from "./generated/messages.ts";
import type { CallbackRequest } from "./request.ts";
import type { SeenStore } from "./seen.ts";

/** The generations whose messages a listener receives. */
export type Api = keyof Messages;

/** What a listener is made with. */
export type ListenerOptions<A extends Api> = {
  /** Which API the URL is registered with: it decides what messages look like and how they can be verified. */
  api: A;
  /** How a message is known to come from ThingSpace. There is no default: nothing unverified reaches a handler. */
  verify: Verification<A>;
  /** What to do with messages, by `type`. One that finds no handler here, nor `other`, is acknowledged and dropped. */
  on: Handlers<A>;
  /**
   * Remembers what was handled, so that a repeat is acknowledged without being handled again. Messages of the same bytes
   * count as one, also when ThingSpace meant two.
   * @default none: every message is handled
   */
  seen?: SeenStore | undefined;
  /**
   * Is told why a request was not acknowledged: what a handler, the store or `verify` threw, or a refusal, whose message
   * says what was answered. What it throws itself is ignored.
   * @default errors with a status from 500 are written to `console.error`
   */
  onError?: ((error: unknown, failure: Failure) => unknown) | undefined;
  /** Milliseconds for handlers and the store, and for a `verify` function. Ours: ThingSpace's is not known. @default 5000 */
  handlerTimeoutMs?: number | undefined;
  /** Milliseconds for the body to arrive. @default 10000 */
  bodyTimeoutMs?: number | undefined;
  /** Bytes that a body may have. @default 2097152 (2 MiB, about 15,000 devices) */
  maxBodyBytes?: number | undefined;
} & AddressOptions;

/**
 * Who may connect at all. Both or none: only you know which proxies stand before the listener, and so what tells the
 * sender's address.
 */
export type AddressOptions =
  | { allowedAddresses?: undefined; clientAddress?: undefined }
  | {
      /** IP addresses, not ranges. `publishedAddresses.addresses` are those that the vendor lists. @default all */
      allowedAddresses: readonly string[];
      /**
       * The address of the sender.
       * @example ({ remoteAddress }) => remoteAddress  // Node.js without a proxy
       * @example ({ headers }) => headers.get("CF-Connecting-IP") ?? undefined
       */
      clientAddress: (request: CallbackRequest) => string | undefined;
    };

/** Exactly one of these. */
export type Verification<A extends Api> =
  | (A extends ApiWithCredentials ? CredentialsVerification : never)
  | PathSecretVerification
  | VerifyFunction
  | InsecureVerification;

/** The username and password of the registration come back in each message. */
export interface CredentialsVerification {
  username: string;
  password: string;
}

/** The last segment of the registered URL's path is a secret. */
export interface PathSecretVerification {
  /**
   * At least 22 of the characters `A-Z a-z 0-9 - . _ ~`, chosen at random.
   * @example "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55" // crypto.randomUUID()
   */
  pathSecret: string;
}

/**
 * Your own way.
 *
 * @param message the JSON value as it came, not yet checked against the document.
 * @returns whether the message comes from ThingSpace. Anything but `true`, throwing and taking longer than
 * `handlerTimeoutMs` mean no.
 */
export type VerifyFunction = (message: unknown, request: CallbackRequest) => boolean | Promise<boolean>;

/** Takes messages from anybody, and warns once. */
export interface InsecureVerification {
  insecure: true;
}

/** A handler per `type` that the API's document has, and `other` for the rest. */
export type Handlers<A extends Api> = {
  [Type in keyof Messages[A]]?: Handler<Messages[A][Type]> | undefined;
};

/**
 * Handles a message, which is acknowledged once this has finished. It may be called again for the same message when it
 * threw, took too long, or when ThingSpace repeats itself.
 */
export type Handler<Message> = (message: Message, request: CallbackRequest) => unknown;

/** What came of a request that was not acknowledged. */
export interface Failure {
  /** The status that was answered; 204 when the message was handled but could not be remembered. */
  status: number;
  request: CallbackRequest;
}
