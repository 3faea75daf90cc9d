import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "../state/transaction.ts";
import { type Delivery, toDelivery } from "./delivery.ts";
import { type DeliveryFilter, type DeliveryPage, redactInDatabase } from "./filter.ts";
import { createSearch, type DeliveryList } from "./search.ts";
import { prepareStatements } from "./statements.ts";
import { createWriteGroup } from "./write-group.ts";

/** The deliveries that are pending. */
export interface PendingDeliveries {
  pending: number;
  /** In milliseconds since the epoch; missing when nothing is pending. */
  oldestAcceptedAt?: number;
}

/** What became of a delivery. */
export type Outcome = Pick<Delivery, "status" | "attempts" | "dueAt">;

export interface Deliveries {
  /** Stores deliveries, all or none. @returns their ids, in order. */
  accept(deliveries: Omit<Delivery, "id" | "status" | "attempts">[]): number[];
  /** The first pending delivery of an account whose id is higher than `after`. @param after 0 by default */
  next(account: string, after?: number): Delivery | undefined;
  /** The first ten of them, or fewer when their messages are large: they are kept in memory until they are sent. */
  nextTen(account: string, after?: number): Delivery[];
  /**
   * Stores what became of a delivery; `dueAt` is when it is tried again if it is still pending. Outcomes of five
   * milliseconds are stored together, because each write to a file costs as much as all the rest of a delivery.
   *
   * @returns a promise that resolves when the outcome is stored; {@link next} does not know of it before
   */
  record(id: number, outcome: Outcome): Promise<void>;
  /** Moves the due time of every pending delivery closer, by so many milliseconds. */
  advance(ms: number): void;
  pendingAccounts(): string[];
  get(id: number): Delivery | undefined;
  /** Returns those that match, the newest first. */
  list(filter: DeliveryFilter & DeliveryPage): DeliveryList;
  /** Returns how many match, but no more than `atMost`. */
  count(filter: DeliveryFilter, atMost: number): number;
  /** Returns how many are pending, and when the oldest of them was accepted. */
  measure(): PendingDeliveries;
  /** Writes the outcomes that wait to be stored. */
  flush(): void;
  /** @returns how many were forgotten. */
  clear(): number;
  /** Returns every delivery, the oldest first. */
  all(): Delivery[];
  /** Replaces everything by these deliveries; they keep their ids. */
  load(deliveries: Delivery[]): void;
}

export interface DeliveriesOptions {
  /** How many deliveries that are delivered or failed are kept: the newest. @default 100_000 */
  keepFinished?: number | undefined;
  /** Is told the id of each delivery that is accepted or was attempted. */
  onChange?: ((id: number) => void) | undefined;
}

/** So many characters of messages are read ahead, and the one with which there are more. */
const maxLengthAhead = 32 * 1024;

export function createDeliveries(
  database: DatabaseSync,
  { keepFinished = 100_000, onChange }: DeliveriesOptions = {},
): Deliveries {
  const statements = prepareStatements(database);
  redactInDatabase(database);
  const search = createSearch(database);

  /** How many are finished; undefined after a change that may be rolled back, until they are counted again. */
  let finished: number | undefined;
  const removeSuperfluous = () => {
    finished ??= Number(statements.countFinished.get()?.["total"]);
    if (finished > keepFinished)
      finished -= Number(statements.removeOldest.run(finished - keepFinished).changes);
  };
  removeSuperfluous();

  const writeAll = (outcomes: (Outcome & { id: number })[]) => {
    for (const { id, status, attempts, dueAt } of outcomes) {
      const { changes } = statements.record.run(status, JSON.stringify(attempts), dueAt, id);
      if (status !== "pending" && finished !== undefined) finished += Number(changes);
    }
    removeSuperfluous();
  };
  const outcomes = createWriteGroup<Outcome & { id: number }>((group) => {
    try {
      // One statement is a transaction by itself.
      if (database.isTransaction || group.length === 1) writeAll(group);
      else inTransaction(database, () => writeAll(group));
    } catch (error) {
      finished = undefined;
      throw error;
    }
    for (const { id } of group) onChange?.(id);
  });

  return {
    accept: (deliveries) => {
      const ids = inTransaction(database, () =>
        deliveries.map(({ api, account, url, type, message, acceptedAt, dueAt, repeats }) =>
          Number(
            statements.insert.run(api, account, url, type, message, acceptedAt, dueAt, repeats ?? null)
              .lastInsertRowid,
          ),
        ),
      );
      for (const id of ids) onChange?.(id);
      return ids;
    },
    next: (account, after = 0) => {
      const row = statements.next.get(account, after);
      return row && toDelivery(row);
    },
    nextTen: (account, after = 0) => {
      const ready: Delivery[] = [];
      let length = 0;
      for (const row of statements.nextTen.iterate(account, after)) {
        const delivery = toDelivery(row);
        ready.push(delivery);
        length += delivery.message.length;
        if (length >= maxLengthAhead) break;
      }
      return ready;
    },
    record: (id, outcome) => outcomes.add({ id, ...outcome }),
    advance: (ms) => {
      outcomes.flush();
      statements.advance.run(ms);
    },
    pendingAccounts: () => {
      outcomes.flush();
      return statements.pending.all().map((row) => String(row["account"]));
    },
    get: (id) => {
      outcomes.flush();
      const row = statements.one.get(id);
      return row && toDelivery(row);
    },
    list: (filter) => {
      outcomes.flush();
      return search.list(filter);
    },
    count: (filter, atMost) => {
      outcomes.flush();
      return search.count(filter, atMost);
    },
    measure: () => {
      outcomes.flush();
      const { pending, oldest } = statements.measure.get() ?? {};
      return { pending: Number(pending), ...(oldest != null && { oldestAcceptedAt: Number(oldest) }) };
    },
    flush: outcomes.flush,
    clear: () => {
      outcomes.flush();
      finished = undefined;
      return Number(statements.clear.run().changes);
    },
    all: () => {
      outcomes.flush();
      return statements.every.all().map(toDelivery);
    },
    load: (deliveries) => {
      outcomes.flush();
      statements.clear.run();
      finished = undefined;
      for (const {
        id,
        api,
        account,
        url,
        type,
        message,
        status,
        attempts,
        acceptedAt,
        dueAt,
        repeats,
      } of deliveries) {
        statements.load.run(
          id,
          api,
          account,
          url,
          type,
          message,
          status,
          JSON.stringify(attempts),
          acceptedAt,
          dueAt,
          repeats ?? null,
        );
      }
      removeSuperfluous();
      finished = undefined;
    },
  };
}
