import type { Client } from "pg";

/** A query that took long: its text without the values, and its time in milliseconds. */
export interface SlowQuery {
  statement: string;
  ms: number;
}

/** Options for {@link reportSlowQueries}. */
export interface SlowQueryOptions {
  /** A query that takes this many milliseconds is slow. @default 500 */
  slowMs?: number;
  onSlow: (query: SlowQuery) => void;
}

/** Has every query of a connection that is slow reported when it has ended. */
export function reportSlowQueries(client: Client, { slowMs = 500, onSlow }: SlowQueryOptions): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const timed = async (...args: unknown[]) => {
    const begin = performance.now();
    try {
      return await query(...args);
    } finally {
      const ms = Math.round(performance.now() - begin);
      if (ms >= slowMs) onSlow({ statement: describe(args[0]), ms });
    }
  };
  client.query = timed as Client["query"];
}

/** Returns the text of a query on one line. Our queries have their values beside the text. */
function describe(query: unknown): string {
  const text = typeof query === "string" ? query : (query as { text: string }).text;
  return text.replace(/\s+/g, " ").trim().slice(0, 200);
}
