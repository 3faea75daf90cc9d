/**
 * Stores in a SQLite file, over node:sqlite: Node.js 22.13 or newer, or Deno.
 *
 * @module
 */
export {
  createSqliteInboxStore,
  type SqliteInboxStore,
  type SqliteInboxStoreOptions,
} from "./sqlite/inbox-store.ts";
export {
  createSqliteSeenStore,
  type SqliteSeenStore,
  type SqliteSeenStoreOptions,
} from "./sqlite/seen-store.ts";
