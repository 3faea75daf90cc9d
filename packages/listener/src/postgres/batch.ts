/** Collects what is asked for while earlier batches are under way, and runs it in one statement. */
export interface Batch<Item, Result> {
  /** Resolves with the result of this item; rejects when the statement fails. */
  add(item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Creates a batch.
 *
 * @param maxRunning statements that are under way at the same time: more of them wait less for the disk, and save less.
 * @param run returns the results in the order of the items.
 */
export function createBatch<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  { maxItems, maxRunning }: { maxItems: number; maxRunning: number },
): Batch<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running = 0;

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (running < maxRunning) void runAll();
      }),
  };

  async function runAll(): Promise<void> {
    running += 1;
    // Items that arrive in the same turn of the event loop belong to the first batch.
    await undefined;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxItems);
      try {
        const results = await run(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => {
          resolve(results[index] as Result);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running -= 1;
  }
}
