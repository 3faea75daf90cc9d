/**
 * Stores in Postgres, over a pool of the package `pg` that you create.
 *
 * @module
 */
export { createPostgresInboxStore, type PostgresInboxStoreOptions } from "./postgres/inbox-store.ts";
export type { PostgresPool } from "./postgres/pool.ts";
export { createPostgresSeenStore, type PostgresSeenStoreOptions } from "./postgres/seen-store.ts";
