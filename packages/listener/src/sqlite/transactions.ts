import { callAfterThisTurn } from "../after-this-turn.ts";
import type { Database, Durability } from "./database.ts";

/** Runs functions that use a database, several in one transaction. */
export interface Transactions {
  /**
   * Runs a function in the next transaction, and resolves with its result when that has been committed. When a function or the
   * commit fails, everything is undone, and each function runs again in a transaction of its own: only those that fail
   * again get the error.
   */
  run<T>(act: () => T): Promise<T>;
  /**
   * The same for a function whose work may be undone when the power fails, though not when the process ends. A transaction of
   * such functions only does not wait for the disk.
   */
  runRepeatable<T>(act: () => T): Promise<T>;
  /** Commits what is waiting, and takes nothing more. */
  close(): void;
}

interface Waiting {
  act: () => unknown;
  durability: Durability;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Creates transactions that take what was asked for within one turn of the event loop: a commit costs more than all the rest.
 *
 * @param durability of what `run` commits.
 */
export function createTransactions(database: Database, durability: Durability): Transactions {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const end = database.prepare("COMMIT");
  let waiting: Waiting[] = [];
  let isClosed = false;
  let currentDurability: Durability | undefined;

  return {
    run: (act) => add(act, durability),
    runRepeatable: (act) => add(act, "process"),
    close,
  };

  function add<T>(act: () => T, durability: Durability): Promise<T> {
    return new Promise((resolve, reject) => {
      if (isClosed) throw new Error("The store is closed.");
      waiting.push({ act, durability, resolve: resolve as Waiting["resolve"], reject });
      if (waiting.length === 1) callAfterThisTurn(commit);
    });
  }

  function commit(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) commitAll(batch);
  }

  function commitAll(batch: Waiting[]): void {
    const results: unknown[] = [];
    try {
      setDurability(batch.some(({ durability }) => durability === "full") ? "full" : "process");
      begin.run();
      for (const { act } of batch) results.push(act());
      end.run();
    } catch (error) {
      rollBack();
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) commitAll([one]);
      return;
    }
    batch.forEach(({ resolve }, index) => {
      resolve(results[index]);
    });
  }

  /** Whoever waits for the disk also waits for what was committed before. */
  function setDurability(durability: Durability): void {
    if (durability === currentDurability) return;
    database.exec(`PRAGMA synchronous = ${durability === "full" ? "FULL" : "NORMAL"}`);
    currentDurability = durability;
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
