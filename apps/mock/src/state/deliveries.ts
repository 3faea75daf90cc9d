import type { DatabaseSync } from "node:sqlite";
import type { Attempt } from "../deliveries/sender.ts";

export type Status = "pending" | "delivered" | "failed";

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

export interface Deliveries {
  /** Stores deliveries, all or none. @returns their ids, in order. */
  accept(deliveries: Omit<Delivery, "id" | "status" | "attempts">[]): number[];
  /** The first pending delivery of an account. */
  next(account: string): Delivery | undefined;
  record(id: number, status: Status, attempts: Delivery["attempts"]): void;
  pendingAccounts(): string[];
  list(filter: { account?: string; status?: Status; limit: number; offset: number }): {
    deliveries: Delivery[];
    total: number;
  };
  clear(): void;
}

export function createDeliveries(database: DatabaseSync): Deliveries {
  const insert = database.prepare(
    `INSERT INTO deliveries (api, account, url, type, message, status, attempts, accepted_at, due_at)
     VALUES (?, ?, ?, ?, ?, 'pending', '[]', ?, ?)`,
  );
  const next = database.prepare(
    "SELECT * FROM deliveries WHERE account = ? AND status = 'pending' ORDER BY id LIMIT 1",
  );
  const record = database.prepare("UPDATE deliveries SET status = ?, attempts = ? WHERE id = ?");
  const pending = database.prepare("SELECT DISTINCT account FROM deliveries WHERE status = 'pending'");
  const matching = "FROM deliveries WHERE account = coalesce(?1, account) AND status = coalesce(?2, status)";
  const page = database.prepare(`SELECT * ${matching} ORDER BY id DESC LIMIT ?3 OFFSET ?4`);
  const count = database.prepare(`SELECT count(*) AS total ${matching}`);

  return {
    accept: (deliveries) => {
      database.exec("BEGIN");
      try {
        const ids = deliveries.map(({ api, account, url, type, message, acceptedAt, dueAt }) =>
          Number(insert.run(api, account, url, type, message, acceptedAt, dueAt).lastInsertRowid),
        );
        database.exec("COMMIT");
        return ids;
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    next: (account) => {
      const row = next.get(account);
      return row && deliveryOf(row);
    },
    record: (id, status, attempts) => {
      record.run(status, JSON.stringify(attempts), id);
    },
    pendingAccounts: () => pending.all().map((row) => String(row["account"])),
    list: ({
      account = null,
      status = null,
      limit,
      offset,
    }: {
      account?: string | null;
      status?: Status | null;
      limit: number;
      offset: number;
    }) => ({
      deliveries: page.all(account, status, limit, offset).map(deliveryOf),
      total: Number(count.get(account, status)?.["total"]),
    }),
    clear: () => database.exec("DELETE FROM deliveries"),
  };
}

function deliveryOf(row: Record<string, unknown>): Delivery {
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
