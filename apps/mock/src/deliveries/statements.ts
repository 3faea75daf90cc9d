import type { DatabaseSync } from "node:sqlite";

/** Prepares the statements on the table of deliveries, but for those that search in it. */
export const prepareStatements = (database: DatabaseSync) => ({
  insert: database.prepare(
    `INSERT INTO deliveries (api, account, url, type, message, status, attempts, accepted_at, due_at, repeats)
     VALUES (?, ?, ?, ?, ?, 'pending', '[]', ?, ?, ?)`,
  ),
  // With a parameter as its limit, SQLite would plan the statement anew each time.
  next: database.prepare(
    "SELECT * FROM deliveries WHERE status = 'pending' AND account = ? AND id > ? ORDER BY id LIMIT 1",
  ),
  nextTen: database.prepare(
    "SELECT * FROM deliveries WHERE status = 'pending' AND account = ? AND id > ? ORDER BY id LIMIT 10",
  ),
  record: database.prepare("UPDATE deliveries SET status = ?, attempts = ?, due_at = ? WHERE id = ?"),
  advance: database.prepare("UPDATE deliveries SET due_at = due_at - ? WHERE status = 'pending'"),
  pending: database.prepare("SELECT DISTINCT account FROM deliveries WHERE status = 'pending'"),
  countFinished: database.prepare(
    "SELECT count(*) AS total FROM deliveries WHERE status IN ('delivered', 'failed')",
  ),
  removeOldest: database.prepare(
    `DELETE FROM deliveries WHERE id IN (
       SELECT id FROM deliveries WHERE status = 'delivered'
       UNION ALL SELECT id FROM deliveries WHERE status = 'failed'
       ORDER BY id LIMIT ?)`,
  ),
  clear: database.prepare("DELETE FROM deliveries"),
  measure: database.prepare(
    "SELECT count(*) AS pending, min(accepted_at) AS oldest FROM deliveries WHERE status = 'pending'",
  ),
  every: database.prepare("SELECT * FROM deliveries ORDER BY id"),
  load: database.prepare("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
  one: database.prepare("SELECT * FROM deliveries WHERE id = ?"),
});
