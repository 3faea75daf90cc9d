/** Items that are written together. */
export interface WriteGroup<Item> {
  /** Resolves when the item is written. @throws what `write` throws */
  add(item: Item): Promise<void>;
  /** Writes what waits at once, before somebody reads. */
  flush(): void;
}

/** How long the first item of a group waits for others, in milliseconds. */
const waitMs = 5;

/**
 * Creates a group that writes together what was added within five milliseconds.
 *
 * @param write writes all items or none
 */
export function createWriteGroup<Item>(write: (items: Item[]) => void): WriteGroup<Item> {
  let items: Item[] = [];
  let written: Promise<void> | undefined;

  const flush = () => {
    if (items.length > 0) write(items);
    items = [];
  };
  const writeSoon = () =>
    new Promise<void>((resolve, reject) => {
      setTimeout(() => {
        written = undefined;
        try {
          flush();
          resolve();
        } catch (error) {
          // Those who wait are told, and may add their items again.
          items = [];
          reject(error);
        }
      }, waitMs);
    });

  return {
    add: (item) => {
      items.push(item);
      written ??= writeSoon();
      return written;
    },
    flush,
  };
}
