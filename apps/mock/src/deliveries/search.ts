import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Delivery, toDelivery } from "./delivery.ts";
import { createQuery, type DeliveryFilter, type DeliveryPage } from "./filter.ts";

/** A page of deliveries. `total` is how many match, on all pages. */
export interface DeliveryList {
  deliveries: Delivery[];
  total: number;
  /** The cursor of the next page, if there is one. */
  nextCursor?: number;
}

/** Finds stored deliveries by a filter. */
export interface Search {
  /** Returns those that match, the newest first. */
  list(filter: DeliveryFilter & DeliveryPage): DeliveryList;
  /** Returns how many match, but no more than `atMost`. */
  count(filter: DeliveryFilter, atMost: number): number;
}

export function createSearch(database: DatabaseSync): Search {
  // A statement for each combination of filters, because each needs another index.
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };

  return {
    list: ({ limit, offset, cursor, ...filter }) => {
      const all = createQuery(filter);
      const page = createQuery({ ...filter, before: cursor });
      const rows = prepare(`SELECT * FROM deliveries ${page.where} ORDER BY id DESC LIMIT ? OFFSET ?`)
        .all(...page.values, limit + 1, offset)
        .map(toDelivery);
      const last = rows.at(limit - 1);
      const counted = prepare(`SELECT count(*) AS total FROM deliveries ${all.where}`).get(...all.values);
      return {
        deliveries: rows.slice(0, limit),
        total: Number(counted?.["total"]),
        ...(last && rows.length > limit && { nextCursor: last.id }),
      };
    },
    count: (filter, atMost) => {
      const { where, values } = createQuery(filter);
      const counted = prepare(
        `SELECT count(*) AS total FROM (SELECT 1 FROM deliveries ${where} LIMIT ?)`,
      ).get(...values, atMost);
      return Number(counted?.["total"]);
    },
  };
}
