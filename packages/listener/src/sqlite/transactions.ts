import type { Database } from "./database.ts";

/** Runs functions that use a database, several in one transaction. */
export interface Transactions {
  /**
   * Runs a function in the next transaction, and resolves with its result when that has been committed. When a function fails
   * or the commit does, everything in the transaction is undone, and all its callers get the error.
   */
  run<T>(act: () => T): Promise<T>;
  /** Commits what is waiting, and takes nothing more. */
  close(): void;
}

interface Waiting {
  act: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/** Creates transactions that take what was asked for within one turn of the event loop: a commit costs more than all the rest. */
export function createTransactions(database: Database): Transactions {
  let waiting: Waiting[] = [];
  let isClosed = false;

  return { run, close };

  function run<T>(act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (isClosed) throw new Error("The store is closed.");
      waiting.push({ act, resolve: resolve as Waiting["resolve"], reject });
      if (waiting.length === 1) afterThisTurn(commit);
    });
  }

  function commit(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const results: unknown[] = [];
    try {
      database.exec("BEGIN IMMEDIATE");
      for (const { act } of batch) results.push(act());
      database.exec("COMMIT");
    } catch (error) {
      rollBack();
      for (const { reject } of batch) reject(error);
      return;
    }
    batch.forEach(({ resolve }, index) => {
      resolve(results[index]);
    });
  }

  function rollBack(): void {
    try {
      database.exec("ROLLBACK");
    } catch {
      // BEGIN has failed, or SQLite has undone the transaction already, as it does when the disk is full.
    }
  }

  function close(): void {
    commit();
    isClosed = true;
  }
}

const { setImmediate } = globalThis as { setImmediate?: (act: () => void) => unknown };

/** Calls a function when the sockets that have something to read have been read. */
const afterThisTurn: (act: () => void) => unknown = setImmediate ?? ((act) => setTimeout(act, 0));
