/** A saved state as JSON text, and when it was saved. */
export interface SavedSnapshot {
  name: string;
  savedAt: number;
  text: string;
}

/** The snapshots of a space. */
export interface Snapshots {
  list(): SavedSnapshot[];
  get(name: string): SavedSnapshot | undefined;
  /** Replaces a snapshot of the same name. */
  put(name: string, text: string): void;
  /** @returns whether there was one */
  remove(name: string): boolean;
  /** Returns the snapshot with this number; undefined when it was removed. */
  save(number: number): SavedSnapshot | undefined;
  /** Puts a snapshot back, with its number. */
  load(number: number, saved: SavedSnapshot): void;
}

/** Options for snapshots. */
export interface SnapshotsOptions {
  /** Is told the number of each snapshot that is put or removed; a snapshot keeps its number when it is replaced. */
  onChange?: ((number: number) => void) | undefined;
}

export function createSnapshots({ onChange }: SnapshotsOptions = {}): Snapshots {
  const numbers = new Map<string, number>();
  const snapshots = new Map<number, SavedSnapshot>();
  let highest = 0;
  const find = (name: string) => snapshots.get(numbers.get(name) ?? 0);
  const load = (number: number, saved: SavedSnapshot) => {
    highest = Math.max(highest, number);
    numbers.set(saved.name, number);
    snapshots.set(number, saved);
  };
  return {
    list: () => [...snapshots.values()],
    get: find,
    put: (name, text) => {
      const number = numbers.get(name) ?? highest + 1;
      load(number, { name, savedAt: Date.now(), text });
      onChange?.(number);
    },
    remove: (name) => {
      const number = numbers.get(name);
      if (number === undefined) return false;
      numbers.delete(name);
      snapshots.delete(number);
      onChange?.(number);
      return true;
    },
    save: (number) => snapshots.get(number),
    load,
  };
}
