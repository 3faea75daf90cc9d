import type { DatabaseSync } from "node:sqlite";
import type { components } from "@thingspace-callbacks/contract/types/control";
import { inTransaction } from "../state/transaction.ts";
import type { Attempt } from "./sender.ts";

export type Status = components["schemas"]["Delivery"]["status"];

/** A message on its way. */
export interface Delivery {
  id: number;
  api: string;
  account: string;
  url: string;
  type: string;
  /** The message as JSON text; it may hold a password and is never listed. */
  message: string;
  status: Status;
  attempts: (Attempt & { at: string })[];
  acceptedAt: number;
  /** Not to be sent before, in milliseconds since the epoch. */
  dueAt: number;
}

/** Which deliveries to list. */
export interface DeliveryFilter {
  account?: string;
  status?: Status;
  limit: number;
  offset: number;
}

export interface Deliveries {
  /** Stores deliveries, all or none. @returns their ids, in order. */
  accept(deliveries: Omit<Delivery, "id" | "status" | "attempts">[]): number[];
  /** The first pending delivery of an account. */
  next(account: string): Delivery | undefined;
  /** Stores what became of a delivery; `dueAt` is when it is tried again if it is still pending. */
  record(id: number, outcome: Pick<Delivery, "status" | "attempts" | "dueAt">): void;
  /** Moves the due time of every pending delivery closer, by so many milliseconds. */
  advance(ms: number): void;
  pendingAccounts(): string[];
  list(filter: DeliveryFilter): { deliveries: Delivery[]; total: number };
  /** @returns how many were forgotten. */
  clear(): number;
}

export interface DeliveriesOptions {
  /** How many deliveries that are delivered or failed are kept: the newest. @default 100_000 */
  keepFinished?: number | undefined;
}

export function createDeliveries(
  database: DatabaseSync,
  { keepFinished = 100_000 }: DeliveriesOptions = {},
): Deliveries {
  const insert = database.prepare(
    `INSERT INTO deliveries (api, account, url, type, message, status, attempts, accepted_at, due_at)
     VALUES (?, ?, ?, ?, ?, 'pending', '[]', ?, ?)`,
  );
  const next = database.prepare(
    "SELECT * FROM deliveries WHERE status = 'pending' AND account = ? ORDER BY id LIMIT 1",
  );
  const record = database.prepare("UPDATE deliveries SET status = ?, attempts = ?, due_at = ? WHERE id = ?");
  const advance = database.prepare("UPDATE deliveries SET due_at = due_at - ? WHERE status = 'pending'");
  const pending = database.prepare("SELECT DISTINCT account FROM deliveries WHERE status = 'pending'");
  const countFinished = database.prepare(
    "SELECT count(*) AS total FROM deliveries WHERE status IN ('delivered', 'failed')",
  );
  const removeOldest = database.prepare(
    `DELETE FROM deliveries WHERE id IN (
       SELECT id FROM deliveries WHERE status = 'delivered'
       UNION ALL SELECT id FROM deliveries WHERE status = 'failed'
       ORDER BY id LIMIT ?)`,
  );
  const clear = database.prepare("DELETE FROM deliveries");

  // A statement for each combination of filters, because each needs another index.
  const createListing = (condition: string) => ({
    page: database.prepare(`SELECT * FROM deliveries ${condition} ORDER BY id DESC LIMIT ? OFFSET ?`),
    count: database.prepare(`SELECT count(*) AS total FROM deliveries ${condition}`),
  });
  const all = createListing("");
  const ofStatus = createListing("WHERE status = ?");
  const ofAccount = createListing("WHERE account = ?");
  const ofStatusAndAccount = createListing("WHERE status = ? AND account = ?");

  const prepareListing = ({ status, account }: DeliveryFilter) => {
    if (status !== undefined && account !== undefined) {
      return { ...ofStatusAndAccount, values: [status, account] };
    }
    if (status !== undefined) return { ...ofStatus, values: [status] };
    if (account !== undefined) return { ...ofAccount, values: [account] };
    return { ...all, values: [] };
  };

  let finished = Number(countFinished.get()?.["total"]);
  const removeSuperfluous = () => {
    if (finished > keepFinished) finished -= Number(removeOldest.run(finished - keepFinished).changes);
  };
  removeSuperfluous();

  return {
    accept: (deliveries) =>
      inTransaction(database, () =>
        deliveries.map(({ api, account, url, type, message, acceptedAt, dueAt }) =>
          Number(insert.run(api, account, url, type, message, acceptedAt, dueAt).lastInsertRowid),
        ),
      ),
    next: (account) => {
      const row = next.get(account);
      return row && toDelivery(row);
    },
    record: (id, { status, attempts, dueAt }) => {
      const { changes } = record.run(status, JSON.stringify(attempts), dueAt, id);
      if (status === "pending") return;
      finished += Number(changes);
      removeSuperfluous();
    },
    advance: (ms) => {
      advance.run(ms);
    },
    pendingAccounts: () => pending.all().map((row) => String(row["account"])),
    list: (filter) => {
      const { page, count, values } = prepareListing(filter);
      return {
        deliveries: page.all(...values, filter.limit, filter.offset).map(toDelivery),
        total: Number(count.get(...values)?.["total"]),
      };
    },
    clear: () => {
      finished = 0;
      return Number(clear.run().changes);
    },
  };
}

function toDelivery(row: Record<string, unknown>): Delivery {
  return {
    id: Number(row["id"]),
    api: String(row["api"]),
    account: String(row["account"]),
    url: String(row["url"]),
    type: String(row["type"]),
    message: String(row["message"]),
    status: row["status"] as Status,
    attempts: JSON.parse(String(row["attempts"])),
    acceptedAt: Number(row["accepted_at"]),
    dueAt: Number(row["due_at"]),
  };
}
