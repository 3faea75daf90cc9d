import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { tokenFacts } from "@thingspace-callbacks/contract";
import type { Clock } from "./clock.ts";

const { accessTokenSeconds, failuresToLock } = tokenFacts;
const sessionIdleMs = tokenFacts.sessionIdleSeconds * 1000;
// A session in constant use is written once a second, not once a request; it may expire that much too early.
const useGranularityMs = 1000;
// Anybody can fail to log in, under any name: of the names, the newest are kept.
const keptFailures = 10_000;
// For a day it is known that a session was one, so that it can be called expired.
const sessionKnownMs = 24 * 60 * 60 * 1000;

/** Access tokens, sessions and failed logins, by the mock's clock. */
export interface Tokens {
  /** The key's token, the same one again until it expires. */
  issue(key: string): { token: string; expiresInSeconds: number };
  isValid(accessToken: string): boolean;
  revoke(accessToken: string): void;
  startSession(username: string): string;
  /** The user of a session that has not been idle for too long; this is a use. */
  useSession(sessionToken: string): string | undefined;
  /** Returns true if a session was started, not ended, and has expired in the last day. */
  hasExpired(sessionToken: string): boolean;
  endSession(sessionToken: string): void;
  /** Counts a failed login; several in a row lock the user. */
  countFailedLogin(username: string): void;
  forgetFailedLogins(username: string): void;
  isLocked(username: string): boolean;
  /** Ends every token and session, and unlocks every user. @returns how many tokens and sessions were ended. */
  clear(): number;
  /** Returns everything, to be loaded again. */
  save(): SavedTokens;
  /** Replaces everything by what was saved. */
  load(saved: SavedTokens): void;
}

/** Tokens, sessions and failed logins; times are in milliseconds since the epoch, by the mock's clock. */
export interface SavedTokens {
  accessTokens: { token: string; key: string; expiresAt: number }[];
  sessions: { token: string; username: string; usedAt: number }[];
  failedLogins: { username: string; count: number }[];
}

export function createTokens(database: DatabaseSync, clock: Clock, prefix = ""): Tokens {
  const sql = {
    tokenOfKey: database.prepare(
      "SELECT token, expires_at FROM access_tokens WHERE key = ? AND expires_at > ?",
    ),
    token: database.prepare("SELECT 1 FROM access_tokens WHERE token = ? AND expires_at > ?"),
    addToken: database.prepare("INSERT INTO access_tokens VALUES (?, ?, ?)"),
    removeToken: database.prepare("DELETE FROM access_tokens WHERE token = ?"),
    removeExpiredTokens: database.prepare("DELETE FROM access_tokens WHERE expires_at <= ?"),
    removeTokensAhead: database.prepare("DELETE FROM access_tokens WHERE expires_at > ?"),
    removeIdleSessions: database.prepare("DELETE FROM sessions WHERE used_at <= ?"),
    addSession: database.prepare("INSERT INTO sessions VALUES (?, ?, ?)"),
    session: database.prepare("SELECT username, used_at FROM sessions WHERE token = ? AND used_at > ?"),
    idleSession: database.prepare("SELECT 1 FROM sessions WHERE token = ? AND used_at <= ?"),
    useSession: database.prepare("UPDATE sessions SET used_at = ? WHERE token = ?"),
    removeSessionsAhead: database.prepare("DELETE FROM sessions WHERE used_at > ?"),
    removeSession: database.prepare("DELETE FROM sessions WHERE token = ?"),
    failures: database.prepare("SELECT count FROM failed_logins WHERE username = ?"),
    addFailure: database.prepare(
      "INSERT INTO failed_logins VALUES (?, 1) ON CONFLICT (username) DO UPDATE SET count = count + 1",
    ),
    removeOldestFailures: database.prepare(
      "DELETE FROM failed_logins WHERE rowid <= (SELECT max(rowid) FROM failed_logins) - ?",
    ),
    forgetFailures: database.prepare("DELETE FROM failed_logins WHERE username = ?"),
    removeTokens: database.prepare("DELETE FROM access_tokens"),
    removeSessions: database.prepare("DELETE FROM sessions"),
    removeFailures: database.prepare("DELETE FROM failed_logins"),
    allTokens: database.prepare(
      "SELECT token, key, expires_at AS expiresAt FROM access_tokens ORDER BY rowid",
    ),
    allSessions: database.prepare("SELECT token, username, used_at AS usedAt FROM sessions ORDER BY rowid"),
    allFailures: database.prepare("SELECT username, count FROM failed_logins ORDER BY rowid"),
    setFailures: database.prepare("INSERT INTO failed_logins VALUES (?, ?)"),
  };

  // Issued while the clock had been moved ahead, before a restart set it right: they would live too long.
  const now = clock.now();
  sql.removeTokensAhead.run(now + accessTokenSeconds * 1000);
  sql.removeSessionsAhead.run(now);

  const clear = () => {
    sql.removeFailures.run();
    return Number(sql.removeTokens.run().changes) + Number(sql.removeSessions.run().changes);
  };

  return {
    issue: (key) => {
      const now = clock.now();
      const known = sql.tokenOfKey.get(key, now);
      if (known) {
        const left = Number(known["expires_at"]) - now;
        return { token: String(known["token"]), expiresInSeconds: Math.ceil(left / 1000) };
      }
      sql.removeExpiredTokens.run(now);
      const token = prefix + randomUUID();
      sql.addToken.run(token, key, now + accessTokenSeconds * 1000);
      return { token, expiresInSeconds: accessTokenSeconds };
    },
    isValid: (accessToken) => sql.token.get(accessToken, clock.now()) !== undefined,
    revoke: (accessToken) => {
      sql.removeToken.run(accessToken);
    },
    startSession: (username) => {
      const token = randomUUID();
      sql.removeIdleSessions.run(clock.now() - sessionKnownMs);
      sql.addSession.run(token, username, clock.now());
      return token;
    },
    useSession: (sessionToken) => {
      const now = clock.now();
      const session = sql.session.get(sessionToken, now - sessionIdleMs);
      if (!session) return undefined;
      if (now - Number(session["used_at"]) >= useGranularityMs) sql.useSession.run(now, sessionToken);
      return String(session["username"]);
    },
    hasExpired: (sessionToken) =>
      sql.idleSession.get(sessionToken, clock.now() - sessionIdleMs) !== undefined,
    endSession: (sessionToken) => {
      sql.removeSession.run(sessionToken);
    },
    countFailedLogin: (username) => {
      sql.addFailure.run(username);
      sql.removeOldestFailures.run(keptFailures);
    },
    forgetFailedLogins: (username) => {
      sql.forgetFailures.run(username);
    },
    isLocked: (username) => Number(sql.failures.get(username)?.["count"] ?? 0) >= failuresToLock,
    clear,
    save: () => ({
      accessTokens: sql.allTokens.all() as unknown as SavedTokens["accessTokens"],
      sessions: sql.allSessions.all() as unknown as SavedTokens["sessions"],
      failedLogins: sql.allFailures.all() as unknown as SavedTokens["failedLogins"],
    }),
    load: ({ accessTokens, sessions, failedLogins }) => {
      clear();
      for (const { token, key, expiresAt } of accessTokens) sql.addToken.run(token, key, expiresAt);
      for (const { token, username, usedAt } of sessions) sql.addSession.run(token, username, usedAt);
      for (const { username, count } of failedLogins) sql.setFailures.run(username, count);
    },
  };
}
