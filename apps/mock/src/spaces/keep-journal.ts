import type { Journal, JournalEntry } from "../journal/journal.ts";
import type { KeepPart } from "./parts.ts";

/** Each row has so many entries... */
const entriesPerRow = 100;
/** ...and is written this often at most, because redacting each entry as soon as it comes would slow down requests. */
const pauseMs = 1_000;

/** A journal that is kept in rows of some entries each. */
export interface KeptJournal {
  /** Has the new entries written a second later at the latest. */
  noteEntry(): void;
  /** Has the rows of entries deleted that were forgotten. */
  noteCleared(): void;
  /** Has the new entries written now. */
  flush(): void;
  close(): void;
}

/** Loads the journal as it was kept, and has its entries written, redacted. */
export function keepJournal(journal: Journal, keep: KeepPart): KeptJournal {
  const rows = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  let written = 0;
  const rowOf = (id: number) => Math.floor(id / entriesPerRow);
  const note = keep<JournalEntry[]>({
    kind: "journal",
    read: (row) => {
      const ids = Array.from({ length: entriesPerRow }, (_, index) => row * entriesPerRow + index);
      const entries = ids.map((id) => journal.get(id)).filter((entry) => entry !== undefined);
      return entries.length > 0 ? entries : undefined;
    },
    load: (kept) => {
      for (const { number } of kept) rows.add(number);
      journal.load(kept.flatMap(({ content }) => content));
      written = journal.getRange().last;
    },
  });

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const { first, last } = journal.getRange();
    for (const row of rows) {
      if (row >= rowOf(first)) continue;
      rows.delete(row);
      note(row);
    }
    for (let row = rowOf(Math.max(written + 1, first)); row <= rowOf(last); row += 1) {
      rows.add(row);
      note(row);
    }
    written = last;
  };
  return {
    noteEntry: () => {
      timer ??= setTimeout(flush, pauseMs).unref();
    },
    noteCleared: () => {
      for (const row of rows) note(row);
      rows.clear();
      written = journal.getRange().last;
    },
    flush,
    close: () => clearTimeout(timer),
  };
}
