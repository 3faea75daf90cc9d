import type { Messages } from "../generated/messages.ts";
import type { Api } from "../options.ts";

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
