import { setTimeout as wait } from "node:timers/promises";
import pg, { type Client } from "pg";
import { StoreError } from "../state/store-error.ts";
import { createMirror, type Mirror } from "./mirror.ts";
import { locks, prepareTables } from "./schema.ts";
import { reportSlowQueries, type SlowQuery } from "./slow-queries.ts";

/**
 * The part of this instance among those on the same store. `away`: the store cannot be reached. `standby`: another
 * instance is active, at this URL if it listens. `active`: this one has the state.
 */
export type Role = { kind: "away" } | { kind: "standby"; url?: string } | { kind: "active" };

/** A store in Postgres that several instances share, one of which is active at any time. */
export interface SharedStore {
  getRole(): Role;
  /** Says where the other instances reach this one when it is active. */
  setUrl(url: string): Promise<void>;
  /** Writes what is not written yet, and lets another instance become active. */
  close(): Promise<void>;
}

/** Options for a shared store. */
export interface SharedStoreOptions {
  /** Such as `postgres://user:password@host:5432/database`. */
  connection: string;
  /** Is called when this instance has become active, with the state of all spaces. */
  onActive: (mirror: Mirror) => void;
  /** Is called when it is not active any more; the state that it had is void. */
  onInactive: () => Promise<void>;
  onError: (error: unknown) => void;
  /** For how long an instance may be silent before the server ends its connection, in seconds. @default 10 */
  idleSeconds?: number | undefined;
  /** Is told of queries that take long. */
  onSlow: (query: SlowQuery) => void;
}

/** How often a standby looks whether the active instance is gone, and how soon a lost connection is made again. */
const pollMs = 250;
const heartbeatMs = 1_000;
const timeoutMs = 5_000;

/** The server ends a connection of ours, and with it the lock, soon after the machine at the other end was lost. */
const keepAlive = `
  SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3`;
/** The server ends a connection, too, when the process at the other end was stopped; the heartbeat comes far more often. */
const limitIdling = (seconds: number) => `SET idle_session_timeout = '${seconds}s'`;
/** Loading a million rows takes longer than that, and no heartbeat comes meanwhile. */
const allowIdling = "SET idle_session_timeout = 0";

/**
 * Joins the instances on a store. The one that gets the lock is active: it loads the state and answers, and the lock is
 * gone with its connection. All others stand by, and try to get the lock.
 *
 * @throws {StoreError} when the store cannot be reached, or was changed by a newer version
 */
export async function joinStore(options: SharedStoreOptions): Promise<SharedStore> {
  const { connection, onActive, onInactive, onError, onSlow, idleSeconds = 10 } = options;
  const closing = new AbortController();
  let role: Role = { kind: "away" };
  let url: string | undefined;
  let writeUrl: (() => Promise<void>) | undefined;
  let isReported = false;
  /** Is settled as soon as it is known which part this instance has. */
  const known = createKnown();

  interface Session {
    client: Client;
    lost: AbortController;
  }

  async function open(): Promise<Session> {
    const client = new pg.Client({
      connectionString: connection,
      application_name: "thingspace-callbacks-mock",
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      keepAlive: true,
    });
    reportSlowQueries(client, { onSlow });
    const lost = new AbortController();
    // Without a listener an error of the connection would end the process.
    client.on("error", (error) => lost.abort(error));
    client.on("end", () => lost.abort(new Error("The connection to the store has ended")));
    try {
      await client.connect();
      await client.query(`${keepAlive}; ${limitIdling(idleSeconds)}`);
      await prepareTables(client, { isActive: false });
      return { client, lost };
    } catch (error) {
      await end(client);
      throw error;
    }
  }

  async function serve({ client, lost }: Session): Promise<void> {
    const signal = AbortSignal.any([closing.signal, lost.signal]);
    while (!(await isFirst(client))) {
      role = { kind: "standby", ...(await readUrl(client)) };
      known.resolve();
      await pause(pollMs, signal);
      if (closing.signal.aborted) return;
    }
    await prepareTables(client, { isActive: true });
    await client.query(allowIdling);
    const mirror = await createMirror(client, lost);
    try {
      writeUrl = () => saveUrl(client, url);
      await writeUrl();
      onActive(mirror);
      await client.query(limitIdling(idleSeconds));
      role = { kind: "active" };
      known.resolve();
      isReported = false;
      while (!signal.aborted) {
        await client.query("SELECT 1");
        await pause(heartbeatMs, signal);
      }
      await mirror.settle();
    } catch (error) {
      // What the connection was lost of says more, also when what is not written yet fails with it.
      throw lost.signal.aborted ? lost.signal.reason : error;
    } finally {
      role = { kind: "away" };
      writeUrl = undefined;
      lost.abort(new Error("This instance is not active any more"));
      await onInactive();
    }
  }

  async function run(first: Session): Promise<void> {
    let session: Session | undefined = first;
    while (!closing.signal.aborted) {
      try {
        session ??= await open();
        await serve(session);
      } catch (error) {
        known.reject(error);
        if (!isReported) onError(error);
        isReported = true;
      }
      role = { kind: "away" };
      if (session) await end(session.client);
      session = undefined;
      await pause(pollMs, closing.signal);
    }
  }

  // At the start a store that cannot be used is a mistake; later it is waited for.
  const session = await open().catch((error) => {
    throw describeFailure(connection, error);
  });
  const running = run(session);
  await known.promise.catch(async (error: unknown) => {
    closing.abort();
    await running;
    throw describeFailure(connection, error);
  });

  return {
    getRole: () => role,
    setUrl: async (given) => {
      url = given;
      await writeUrl?.().catch(() => {});
    },
    close: async () => {
      closing.abort();
      await running;
    },
  };
}

/** Creates a promise with the functions that settle it. */
function createKnown() {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

/** Tries to get the lock of the active instance; it is held as long as the connection. */
async function isFirst(client: Client): Promise<boolean> {
  const { rows } = await client.query("SELECT pg_try_advisory_lock($1, $2) AS first", locks.active);
  return rows[0].first;
}

async function readUrl(client: Client): Promise<{ url?: string }> {
  const { rows } = await client.query("SELECT url FROM thingspace_mock.active");
  return rows[0]?.url ? { url: rows[0].url } : {};
}

async function saveUrl(client: Client, url: string | undefined): Promise<void> {
  await client.query(
    "INSERT INTO thingspace_mock.active (url) VALUES ($1) ON CONFLICT (only_one) DO UPDATE SET url = excluded.url",
    [url ?? null],
  );
}

async function end(client: Client): Promise<void> {
  // A server that does not answer must not keep the mock from stopping or from trying again.
  const ended = client.end().catch(() => {});
  await Promise.race([ended, wait(1_000, undefined, { ref: false })]);
}

const pause = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }).catch(() => {});

/** Names the server, without the password. */
function describeFailure(connection: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { host = "", pathname = "" } = URL.parse(connection) ?? {};
  const { message, code } = error as NodeJS.ErrnoException;
  return new StoreError(`The store postgres://${host}${pathname} cannot be used: ${message || code}.`);
}
