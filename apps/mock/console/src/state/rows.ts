import { type Signal, signal } from "@preact/signals";

/** Entries by id, newest last, of which the newest are kept. */
export interface Rows<Entry> {
  /** Changes with every change of the entries. They are a plain array, because a signal of 10,000 entries is slow. */
  version: Signal<number>;
  list(): readonly Entry[];
  get(id: number): Entry | undefined;
  /** Adds entries, or replaces those of the same id. */
  put(entries: readonly Entry[]): void;
  clear(): void;
}

/** So many entries are kept of a kind. */
export const mostRows = 10_000;

export function createRows<Entry extends { id: number }>(): Rows<Entry> {
  let entries: Entry[] = [];
  const version = signal(0);

  /** Index of the first entry whose id is not smaller. */
  const findIndex = (id: number): number => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle] as Entry).id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    version,
    list: () => entries,
    get: (id) => {
      const entry = entries[findIndex(id)];
      return entry?.id === id ? entry : undefined;
    },
    put: (added) => {
      for (const entry of added) {
        const index = findIndex(entry.id);
        entries.splice(index, entries[index]?.id === entry.id ? 1 : 0, entry);
      }
      if (entries.length > mostRows) entries = entries.slice(-mostRows);
      version.value += 1;
    },
    clear: () => {
      entries = [];
      version.value += 1;
    },
  };
}
