/** Collects what is asked for while the batch before is under way, and runs it together. */
export interface Batch<Item, Result> {
  /** Resolves with the result of this item; rejects when that is an error, or the batch fails. */
  add(item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Creates a batch. One runs at a time: two would be stored in either order.
 *
 * @param run returns for each item its result, or the error of this item alone.
 */
export function createBatch<Item, Result>(
  run: (items: Item[]) => Promise<(Result | Error)[]>,
  maxItems: number,
): Batch<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!isRunning) void runAll();
      }),
  };

  async function runAll(): Promise<void> {
    isRunning = true;
    // Items that arrive in the same turn of the event loop belong to the first batch.
    await undefined;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxItems);
      try {
        const results = await run(batch.map(({ item }) => item));
        batch.forEach(({ resolve, reject }, index) => {
          const result = results[index];
          if (result instanceof Error) reject(result);
          else resolve(result as Result);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }
}
