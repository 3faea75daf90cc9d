import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { redactText, redactUrl } from "@thingspace-callbacks/contract";
import type { Status } from "./delivery.ts";

/** Which deliveries to list; what is left out matches all. */
export interface DeliveryFilter {
  api?: string | undefined;
  account?: string | undefined;
  type?: string | undefined;
  status?: Status | undefined;
  /** Is searched in what is shown, so that nobody can guess a secret by it. */
  text?: string | undefined;
  /** Only those accepted at this time or later. */
  since?: string | undefined;
  /** Only those accepted at this time or earlier. */
  until?: string | undefined;
  /** Only those with a greater id. */
  after?: number | undefined;
}

/** Which of the deliveries that match are listed. */
export interface DeliveryPage {
  /** Only those with a smaller id. */
  cursor?: number | undefined;
  limit: number;
  offset: number;
}

/** The condition of a query, and the values for its parameters. */
export interface Query {
  where: string;
  values: SQLInputValue[];
}

const lower = (text: string | undefined) => text?.toLowerCase();
const toMs = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/**
 * Returns the condition for a filter.
 *
 * @example
 * createQuery({ account: "1", status: "failed" }) // { where: "WHERE account = ? AND status = ?", values: ["1", "failed"] }
 */
export function createQuery({ before, ...filter }: DeliveryFilter & { before?: number | undefined }): Query {
  const { api, account, type, status, text, since, until, after } = filter;
  const conditions: { sql: string; value: SQLInputValue | undefined }[] = [
    { sql: "api = ?", value: api },
    { sql: "account = ?", value: account },
    { sql: "type = ?", value: type },
    { sql: "status = ?", value: status },
    { sql: "accepted_at >= ?", value: toMs(since) },
    { sql: "accepted_at <= ?", value: toMs(until) },
    { sql: "id > ?", value: after },
    { sql: "id < ?", value: before },
    { sql: "instr(shown(account, url, type, attempts), ?) > 0", value: lower(text) },
  ];
  const given = conditions.filter(({ value }) => value !== undefined);
  return {
    where: given.length === 0 ? "" : `WHERE ${given.map(({ sql }) => sql).join(" AND ")}`,
    values: given.map(({ value }) => value ?? null),
  };
}

/** Gives a database the function `shown`, which returns what a list shows of a delivery, in lower case. */
export function redactInDatabase(database: DatabaseSync): void {
  database.function("shown", { deterministic: true }, (account, url, type, attempts) =>
    `${account} ${redactUrl(String(url))} ${redactText(String(type))} ${attempts}`.toLowerCase(),
  );
}
