/**
 * Stores messages before they are acknowledged, and handles them afterwards: nothing is lost when a handler fails, takes
 * long, or the process ends.
 *
 * @module
 */

// Create an inbox.
export { createInbox, type Inbox, type ListedMessage } from "./inbox/inbox.ts";
// Keep messages in memory, for tests; other stores have entries of their own, and yours implements `InboxStore`.
export { createMemoryInboxStore } from "./inbox/memory-store.ts";
export type {
  InboxDelivery,
  InboxEvent,
  InboxFailure,
  InboxHandler,
  InboxHandlers,
  InboxOptions,
} from "./inbox/options.ts";
export type { InboxStore, Lease, MessageState, NewMessage, Outcome, StoredMessage } from "./inbox/store.ts";
