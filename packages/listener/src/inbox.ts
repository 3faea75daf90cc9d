/**
 * Stores messages before they are acknowledged, and handles them afterwards: nothing is lost when a handler fails, takes
 * long, or the process ends.
 *
 * @module
 */

export type { InboxEvent } from "./inbox/event.ts";
export type { InboxFailure } from "./inbox/failure.ts";
export type { InboxDelivery, InboxHandler, InboxHandlers } from "./inbox/handler.ts";
// Create an inbox.
export { createInbox, type Inbox, type ListedMessage } from "./inbox/inbox.ts";
// Keep messages in memory, for tests; other stores have entries of their own, and yours implements `InboxStore`.
export { createMemoryInboxStore } from "./inbox/memory-store.ts";
export type { InboxOptions } from "./inbox/options.ts";
export type { InboxStore, Lease, MessageState, NewMessage, Outcome, StoredMessage } from "./inbox/store.ts";
