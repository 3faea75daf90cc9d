/** A store to test, and how to get at it from elsewhere. */
export interface StoreFixture<Store> {
  /** A store without messages. */
  store: Store;
  /**
   * Connects to the same data once more, as another process would. Cases that need it are skipped for a store that only one
   * process can use.
   */
  connect?: (() => Store | Promise<Store>) | undefined;
  /** Is called after the case. */
  close?: (() => unknown) | undefined;
}

/** Creates a store for one case. */
export type CreateFixture<Store> = () => StoreFixture<Store> | Promise<StoreFixture<Store>>;

/** One thing that a store must do. */
export interface ConformanceCase<Store> {
  /** A sentence that says what the store must do. */
  title: string;
  /**
   * Holds a store to the case.
   *
   * @throws {ConformanceError} when the store does something else.
   */
  run(create: CreateFixture<Store>): Promise<void>;
}

/** Thrown when a store does not do what a case demands. */
export class ConformanceError extends Error {
  override name = "ConformanceError";
}

/** The parts that a case uses. */
export interface CaseTools<Store> {
  store: Store;
  /** Undefined for a store that only one process can use. */
  connect: (() => Promise<Store>) | undefined;
}

/** Creates a case from a function that uses a store. */
export function createCase<Store>(
  title: string,
  body: (tools: CaseTools<Store>) => Promise<void>,
): ConformanceCase<Store> {
  return {
    title,
    run: async (create) => {
      const { store, connect, close } = await create();
      try {
        await body({ store, connect: connect && (async () => connect()) });
      } finally {
        await close?.();
      }
    },
  };
}

/** @throws {ConformanceError} unless both values are the same as JSON. */
export function expectEqual(actual: unknown, expected: unknown, subject: string): void {
  const [is, must] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== must) throw new ConformanceError(`${subject} must be ${must}, but is ${is}.`);
}

export function expectTrue(condition: boolean, rule: string): void {
  if (!condition) throw new ConformanceError(rule);
}

const maxWaitMs = 10_000;

/** Calls a function until it returns something, because the time of another machine's clock cannot be awaited. */
export async function waitFor<T>(find: () => Promise<T | undefined>, rule: string): Promise<T> {
  for (const end = Date.now() + maxWaitMs; Date.now() < end; ) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new ConformanceError(`${rule} within ${maxWaitMs} ms.`);
}
