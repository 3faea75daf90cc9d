import type { DatabaseSync } from "node:sqlite";

/** What is registered for an account. */
export interface Registration {
  url: string;
  username?: string | undefined;
  password?: string | undefined;
}

/** Where a registration is kept: V1 and legacy describe one resource and share a slot (departure D27). */
export type Slot = "v1" | "v2";

export const slotOf = (api: string): Slot => (api === "v2" ? "v2" : "v1");

export interface Registrations {
  get(slot: Slot, account: string): Registration | undefined;
  /** Replaces what was registered. */
  put(slot: Slot, account: string, registration: Registration): void;
  /** @returns whether there was anything to remove. */
  remove(slot: Slot, account: string): boolean;
  all(): (Registration & { api: Slot; account: string })[];
  /** @returns how many were forgotten. */
  clear(): number;
}

/** Without a store: half the work of a registration would be SQLite's, for nothing that lasts. */
export function createRegistrations(): Registrations {
  const slots = { v1: new Map<string, Registration>(), v2: new Map<string, Registration>() };
  const inOrder = (slot: Slot) => [...slots[slot]].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    get: (slot, account) => slots[slot].get(account),
    put: (slot, account, { url, username, password }) => {
      slots[slot].set(account, { url, username, password });
    },
    remove: (slot, account) => slots[slot].delete(account),
    all: () =>
      (["v1", "v2"] as const).flatMap((api) =>
        inOrder(api).map(([account, registration]) => ({ api, account, ...registration })),
      ),
    clear: () => {
      const count = slots.v1.size + slots.v2.size;
      for (const slot of Object.values(slots)) slot.clear();
      return count;
    },
  };
}

/** With a store: what `put` has returned from is in the file. */
export function createStoredRegistrations(database: DatabaseSync): Registrations {
  const get = database.prepare(
    "SELECT url, username, password FROM registrations WHERE slot = ? AND account = ?",
  );
  // Quicker than INSERT OR REPLACE, which deletes the row and both its index entries first.
  const put = database.prepare(
    `INSERT INTO registrations VALUES (?, ?, ?, ?, ?) ON CONFLICT (slot, account)
      DO UPDATE SET url = excluded.url, username = excluded.username, password = excluded.password`,
  );
  const remove = database.prepare("DELETE FROM registrations WHERE slot = ? AND account = ?");
  const all = database.prepare("SELECT * FROM registrations ORDER BY slot, account");
  const clear = database.prepare("DELETE FROM registrations");

  const registrationOf = (row: Record<string, unknown>): Registration => ({
    url: String(row["url"]),
    ...(row["username"] !== null && { username: String(row["username"]) }),
    ...(row["password"] !== null && { password: String(row["password"]) }),
  });

  return {
    get: (slot, account) => {
      const row = get.get(slot, account);
      return row && registrationOf(row);
    },
    put: (slot, account, { url, username, password }) => {
      put.run(slot, account, url, username ?? null, password ?? null);
    },
    remove: (slot, account) => remove.run(slot, account).changes > 0,
    all: () =>
      all.all().map((row) => ({
        api: row["slot"] as Slot,
        account: String(row["account"]),
        ...registrationOf(row),
      })),
    clear: () => Number(clear.run().changes),
  };
}
