import type { DatabaseSync } from "node:sqlite";
import { registrations as names } from "@thingspace-callbacks/contract";

/** A registration of an account. */
export interface Registration {
  url: string;
  username?: string | undefined;
  password?: string | undefined;
}

/**
 * Registrations by name and account. The documents name the registration that a generation uses, because some
 * generations share one (departure D27).
 */
export interface Registrations {
  get(name: string, account: string): Registration | undefined;
  /** Replaces what was registered. */
  put(name: string, account: string, registration: Registration): void;
  /** @returns whether there was anything to remove. */
  remove(name: string, account: string): boolean;
  /** Returns every registration; `api` is its name. */
  all(): (Registration & { api: string; account: string })[];
  /** @returns how many were forgotten. */
  clear(): number;
}

/** Without a store: half the work of a registration would be SQLite's, for nothing that lasts. */
export function createRegistrations(): Registrations {
  const byName = new Map(names.map((name) => [name, new Map<string, Registration>()]));
  const byAccount = (name: string) => {
    const found = byName.get(name);
    if (!found) throw new Error(`No generation uses a registration called ${name}`);
    return found;
  };
  const inOrder = (name: string) => [...byAccount(name)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    get: (name, account) => byAccount(name).get(account),
    put: (name, account, { url, username, password }) => {
      byAccount(name).set(account, { url, username, password });
    },
    remove: (name, account) => byAccount(name).delete(account),
    all: () =>
      names.flatMap((api) =>
        inOrder(api).map(([account, registration]) => ({ api, account, ...registration })),
      ),
    clear: () => {
      let count = 0;
      for (const accounts of byName.values()) {
        count += accounts.size;
        accounts.clear();
      }
      return count;
    },
  };
}

/** With a store: what `put` has returned from is in the file. */
export function createStoredRegistrations(database: DatabaseSync): Registrations {
  const get = database.prepare(
    "SELECT url, username, password FROM registrations WHERE name = ? AND account = ?",
  );
  // Quicker than INSERT OR REPLACE, which deletes the row and both its index entries first.
  const put = database.prepare(
    `INSERT INTO registrations VALUES (?, ?, ?, ?, ?) ON CONFLICT (name, account)
      DO UPDATE SET url = excluded.url, username = excluded.username, password = excluded.password`,
  );
  const remove = database.prepare("DELETE FROM registrations WHERE name = ? AND account = ?");
  const all = database.prepare("SELECT * FROM registrations ORDER BY name, account");
  const clear = database.prepare("DELETE FROM registrations");

  const toRegistration = (row: Record<string, unknown>): Registration => ({
    url: String(row["url"]),
    ...(row["username"] !== null && { username: String(row["username"]) }),
    ...(row["password"] !== null && { password: String(row["password"]) }),
  });

  return {
    get: (name, account) => {
      const row = get.get(name, account);
      return row && toRegistration(row);
    },
    put: (name, account, { url, username, password }) => {
      put.run(name, account, url, username ?? null, password ?? null);
    },
    remove: (name, account) => remove.run(name, account).changes > 0,
    all: () =>
      all.all().map((row) => ({
        api: String(row["name"]),
        account: String(row["account"]),
        ...toRegistration(row),
      })),
    clear: () => Number(clear.run().changes),
  };
}
