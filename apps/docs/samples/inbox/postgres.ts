import { createPostgresInboxStore, type PostgresPool } from "@thingspace-callbacks/listener/postgres";

/** Pass a `Pool` of the package `pg`, with a listener for its `error` events. */
export const openStore = (pool: PostgresPool) => createPostgresInboxStore({ pool });
