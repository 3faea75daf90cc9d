import { createInvalid, validateFunction } from "../validate.ts";

/** The part of a `Pool` of the package `pg` that the stores use. */
export interface PostgresPool {
  query(statement: { text: string; name?: string; values?: unknown[] }): Promise<{
    rows: Record<string, unknown>[];
    rowCount?: number | null;
  }>;
}

/** A table, and the statements on it. */
export interface Table {
  /**
   * Runs a statement, in which `%T` stands for the table's name. The first one creates the table if it is missing.
   *
   * @param name of the prepared statement, for one that runs all the time: Postgres keeps its plan until the table's next ANALYZE. Without
   * a name it plans each time, and so for the table as it is now.
   */
  query(text: string, values: unknown[], name?: string): Promise<{ rows: Row[]; count: number }>;
}

export type Row = Record<string, unknown>;

/** Names that need no quotes; the schema is optional. */
const namePattern = /^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$/;
/** Postgres cuts names after 63, and the names of indexes and statements are longer than that of the table. */
const maxNameLength = 50;

/**
 * Opens a table.
 *
 * @param schema statements that create it; `%T` stands for its name, and `%I` for the start of the names of its indexes.
 */
export function openTable(pool: unknown, table: unknown, schema: string): Table {
  validateFunction((pool as Partial<PostgresPool> | undefined)?.query, "pool.query");
  if (typeof table !== "string" || table.length > maxNameLength || !namePattern.test(table)) {
    throw createInvalid(
      "table",
      `a name of lower-case letters, digits and _, with or without a schema, of at most ${maxNameLength} characters`,
    );
  }
  const { query } = pool as PostgresPool;
  const send: PostgresPool["query"] = (statement) => query.call(pool, statement);
  const fill = (text: string) => text.replaceAll("%T", table).replaceAll("%I", table.split(".").at(-1) ?? "");
  let creation: Promise<void> | undefined;

  return {
    query: async (text, values, name) => {
      creation ??= create().catch((error) => {
        creation = undefined;
        throw error;
      });
      await creation;
      const { rows, rowCount } = await send({
        ...(name !== undefined && { name: `${table} ${name}` }),
        text: fill(text),
        values,
      });
      return { rows, count: rowCount ?? 0 };
    },
  };

  /** Creates the table unless it exists: a user without the right to create can have it created before. */
  async function create(): Promise<void> {
    const found = await send({ text: "SELECT to_regclass($1) AS found", values: [table] });
    if (found.rows[0]?.["found"]) return;
    // Several statements in one text are one transaction. Two processes must not create the table at the same time.
    await send({ text: `SELECT pg_advisory_xact_lock(7450118); ${fill(schema)}` });
  }
}
