import type { Client } from "pg";
import { type KeepPart, type PartKind, partKinds } from "../spaces/parts.ts";
import type { SpaceStore, SpaceStores } from "../spaces/space.ts";
import { openDatabase } from "../state/database.ts";
import { inTransaction } from "../state/transaction.ts";
import { StoreAwayError } from "./away.ts";
import { createRowReader, createRowWriter, keptTables, type ReadRow, watchTables } from "./watch.ts";

/** A row as the table `rows` has it. */
interface KeptRow {
  table_name: string;
  row_id: string;
  content: string;
}

const isPart = (table: string) => partKinds.includes(table as PartKind);

/** The state of all spaces in memory, of which every change is written into Postgres. */
export interface Mirror extends SpaceStores {
  /**
   * Resolves when every change until now is committed; undefined when that is so already.
   *
   * @throws {StoreAwayError} when this instance is not active any more: its state in memory is void then
   */
  settle(): Promise<void> | undefined;
}

const loadTimeoutMs = 120_000;
const writeTimeoutMs = 30_000;

/**
 * Loads the state of all spaces, and writes every change of it. Changes are written in groups: all that came while the
 * group before was being written is one statement. They go through the connection that holds the lock of the active
 * instance, so that nothing is written after the lock was lost.
 *
 * @param lost is aborted when the connection is lost; a write that fails aborts it too
 */
export async function createMirror(client: Client, lost: AbortController): Promise<Mirror> {
  const kept = await loadRows(client);
  const readers = new Map<string, ReadRow>();
  let changed = new Map<string, Map<string, Set<number>>>();
  let dropped = new Set<string>();
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const note = (space: string, table: string, rowId: number) => {
    const tables = getOrAdd(changed, space, () => new Map<string, Set<number>>());
    getOrAdd(tables, table, () => new Set<number>()).add(rowId);
    // Not everything that changes is waited for, such as the outcome of a delivery.
    settle()?.catch(() => {});
  };

  function settle(): Promise<void> | undefined {
    if (lost.signal.aborted) return Promise.reject(new StoreAwayError());
    if (changed.size === 0 && dropped.size === 0) return next ?? writing;
    next ??= Promise.resolve(writing).then(write);
    return next;
  }

  function write(): Promise<void> {
    const group = { changed, dropped };
    changed = new Map();
    dropped = new Set();
    next = undefined;
    writing = writeGroup(group)
      .catch((error) => {
        lost.abort(error);
        throw new StoreAwayError();
      })
      .finally(() => {
        writing = undefined;
      });
    return writing;
  }

  async function writeGroup(group: { changed: typeof changed; dropped: typeof dropped }): Promise<void> {
    if (lost.signal.aborted) throw lost.signal.reason;
    const rows = [...group.changed].flatMap(([space, tables]) => {
      const read = readers.get(space);
      if (!read) return [];
      return [...tables].flatMap(([table, rowIds]) =>
        [...rowIds].map((rowId) => ({
          space,
          table,
          rowId,
          content: read(table, rowId) ?? null,
        })),
      );
    });
    if (group.dropped.size > 0) {
      await query("DELETE FROM thingspace_mock.rows WHERE space = ANY ($1)", [[...group.dropped]]);
    }
    if (rows.length === 0) return;
    await query(writeRows, [
      rows.map(({ space }) => space),
      rows.map(({ table }) => table),
      rows.map(({ rowId }) => rowId),
      rows.map(({ content }) => content),
    ]);
  }

  const query = (text: string, values: unknown[]) =>
    client.query({ text, values, query_timeout: writeTimeoutMs } as { text: string; values: unknown[] });

  return {
    kept: [...kept.keys()],
    open: (space): SpaceStore => {
      const database = openDatabase();
      const rows = kept.get(space) ?? [];
      kept.delete(space);
      const writeRow = createRowWriter(database);
      inTransaction(database, () => {
        for (const { table_name, row_id, content } of rows) {
          if (!isPart(table_name)) writeRow(table_name, Number(row_id), content);
        }
      });
      watchTables(database, (table, rowId) => note(space, table, rowId));

      const partReaders = new Map<string, (number: number) => unknown>();
      const keep: KeepPart = ({ kind, read, load }) => {
        const ofPart = rows.filter(({ table_name }) => table_name === kind);
        load(ofPart.map(({ row_id, content }) => ({ number: Number(row_id), content: JSON.parse(content) })));
        partReaders.set(kind, read);
        return (number) => note(space, kind, number);
      };
      const readRow = createRowReader(database);
      readers.set(space, (table, rowId) => {
        const readPart = partReaders.get(table);
        return readPart ? JSON.stringify(readPart(rowId)) : readRow(table, rowId);
      });
      // A journal is no state: a seed is loaded beside it.
      const isKept = rows.some(({ table_name }) => table_name !== "journal");
      return { database, isFile: true, isKept, settle, keep };
    },
    forget: (space) => {
      readers.delete(space);
      changed.delete(space);
      dropped.add(space);
      settle()?.catch(() => {});
    },
    settle,
  };
}

/** Inserts, replaces and deletes rows (those without a content) in one statement, so all or none. */
const writeRows = `
  WITH change AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS t (space, table_name, row_id, content)
  ), gone AS (
    DELETE FROM thingspace_mock.rows AS old USING change WHERE change.content IS NULL
      AND old.space = change.space AND old.table_name = change.table_name AND old.row_id = change.row_id
  )
  INSERT INTO thingspace_mock.rows SELECT space, table_name, row_id, content FROM change WHERE content IS NOT NULL
    ON CONFLICT (space, table_name, row_id) DO UPDATE SET content = excluded.content`;

async function loadRows(client: Client): Promise<Map<string, KeptRow[]>> {
  const text = `SELECT space, table_name, row_id, content FROM thingspace_mock.rows
    WHERE table_name = ANY ($1) ORDER BY space, table_name, row_id`;
  const found = await client.query({
    text,
    values: [[...keptTables, ...partKinds]],
    query_timeout: loadTimeoutMs,
  } as {
    text: string;
    values: unknown[];
  });
  const spaces = new Map<string, KeptRow[]>();
  for (const row of found.rows) getOrAdd(spaces, row.space, () => []).push(row);
  return spaces;
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}
