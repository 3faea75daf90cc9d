/** Written into the header of store files, so that files of other programs are recognised: "TSCB". */
export const applicationId = 0x5453_4342;

/** Version of the tables below, in the header too. */
export const schemaVersion = 4;

const tables = `
  CREATE TABLE registrations (name TEXT, account TEXT, url TEXT NOT NULL, username TEXT, password TEXT,
    PRIMARY KEY (name, account)) STRICT;
  CREATE TABLE access_tokens (token TEXT PRIMARY KEY, key TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (token TEXT PRIMARY KEY, username TEXT NOT NULL, used_at INTEGER NOT NULL) STRICT;
  CREATE TABLE failed_logins (username TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
  CREATE TABLE deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, api TEXT NOT NULL, account TEXT NOT NULL,
    url TEXT NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL, status TEXT NOT NULL, attempts TEXT NOT NULL,
    accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL, repeats INTEGER) STRICT;
  CREATE INDEX deliveries_by_status ON deliveries (status, id);
  CREATE INDEX deliveries_by_account ON deliveries (account, id);
`;

/** The indexes that version 2 added: without these, each of these queries reads a whole table or a whole account. */
const indexes = `
  CREATE INDEX access_tokens_by_key ON access_tokens (key);
  CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);
  CREATE INDEX sessions_by_use ON sessions (used_at);
  CREATE INDEX deliveries_by_status_and_account ON deliveries (status, account, id);
`;

/** Makes every table of a new store. */
export const schema = `${tables} ${indexes}`;

/** Version 3 calls the column by what it has: the name of a registration in the documents. */
const renaming = "ALTER TABLE registrations RENAME COLUMN slot TO name;";

/** Version 4 knows which delivery is sent again. */
const repeats = "ALTER TABLE deliveries ADD COLUMN repeats INTEGER;";

/** Brings a store of an earlier version up to the next one, by the version that it has. */
export const upgrades: Record<number, string> = { 1: indexes, 2: renaming, 3: repeats };
