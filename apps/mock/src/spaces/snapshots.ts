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
}

export function createSnapshots(): Snapshots {
  const snapshots = new Map<string, SavedSnapshot>();
  return {
    list: () => [...snapshots.values()],
    get: (name) => snapshots.get(name),
    put: (name, text) => {
      snapshots.set(name, { name, savedAt: Date.now(), text });
    },
    remove: (name) => snapshots.delete(name),
  };
}
