import type { DatabaseSync, StatementSync } from "node:sqlite";

/** The tables that are kept. */
export const keptTables = ["registrations", "access_tokens", "sessions", "failed_logins", "deliveries"];

/** Is told of each row that is inserted, updated or deleted, also when that is rolled back afterwards. */
export type NoteChange = (table: string, rowId: number) => void;

/** Has `note` told of every change in a database. */
export function watchTables(database: DatabaseSync, note: NoteChange): void {
  database.function("note_change", (table, rowId) => {
    note(String(table), Number(rowId));
    return null;
  });
  for (const table of keptTables) {
    const triggers = [
      { event: "INSERT", row: "NEW" },
      { event: "UPDATE", row: "NEW" },
      { event: "DELETE", row: "OLD" },
    ].map(
      ({ event, row }) =>
        `CREATE TRIGGER ${table}_${event} AFTER ${event} ON ${table}
         BEGIN SELECT note_change('${table}', ${row}.rowid); END;`,
    );
    database.exec(triggers.join("\n"));
  }
}

/** Returns a row as JSON text; undefined when there is none. */
export type ReadRow = (table: string, rowId: number) => string | undefined;

/** Creates the function that reads rows. It prepares a statement once for each table, not for each row. */
export function createRowReader(database: DatabaseSync): ReadRow {
  const selects = new Map<string, StatementSync>();
  return (table, rowId) => {
    const select = selects.get(table) ?? database.prepare(`SELECT * FROM ${table} WHERE rowid = ?`);
    selects.set(table, select);
    const row = select.get(rowId);
    return row && JSON.stringify(row);
  };
}

/** Puts a row back as {@link ReadRow} returned it. */
export type WriteRow = (table: string, rowId: number, content: string) => void;

/** Creates the function that puts rows back. It prepares a statement once for each table, which halves the time. */
export function createRowWriter(database: DatabaseSync): WriteRow {
  const inserts = new Map<string, StatementSync>();
  return (table, rowId, content) => {
    const row = { rowid: rowId, ...JSON.parse(content) } as Record<string, string | number | null>;
    // The key of deliveries is the row's id itself.
    if (table === "deliveries") delete row["rowid"];
    const names = Object.keys(row).join(", ");
    const places = Object.keys(row).map(() => "?");
    const sql = `INSERT INTO ${table} (${names}) VALUES (${places.join(", ")})`;
    const insert = inserts.get(sql) ?? database.prepare(sql);
    inserts.set(sql, insert);
    insert.run(...Object.values(row));
  };
}
