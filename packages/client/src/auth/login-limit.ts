import type { AttemptEnd } from "../call/call.ts";
import { failuresToLock } from "../generated/facts.ts";

/**
 * The most logins in a row that may have failed without the client knowing: two fewer than lock a user, because the last
 * call may send two.
 */
const mostUnclear = failuresToLock - 2;

/**
 * How long the client then waits before it sends one more login: three hours. The pause ends a refusal that a network
 * outage caused. It does not let the client lock a user: as many logins in a row as lock one would have to fail without
 * a single response arriving, because a success ends the row and a rejection stops the client for good. The last would be
 * sent six hours after the third. In between the access token has expired as well, so a client with `key` and `secret` has
 * received a response from the service before it sends the login.
 */
const pauseMs = 3 * 60 * 60_000;

interface SentLogin {
  sentAt: number;
}

/** Counts the logins that may have failed, so that the client does not lock the user. */
export interface LoginLimit {
  /** How many logins in a row may have failed. */
  count(): number;
  /** When the next login may be sent, in milliseconds since the epoch. */
  nextAt(): number;
  /**
   * Notes that a login is being sent. It counts until its end shows that the service did not judge it, so it counts
   * as well if the end is never known: a worker's request can end before its login gets a response.
   *
   * @returns the function to call with the end.
   */
  noteLogin(): (end: AttemptEnd) => void;
  /** Notes that a login succeeded, which ends the row. */
  noteSuccess(): void;
}

export function createLoginLimit(): LoginLimit {
  let unclear: SentLogin[] = [];
  return {
    count: () => unclear.length,
    nextAt: () => (unclear.length < mostUnclear ? 0 : (unclear.at(-1)?.sentAt ?? 0) + pauseMs),
    noteLogin: () => {
      const login: SentLogin = { sentAt: Date.now() };
      // One more than the limit, so that a login after the pause can be taken back.
      unclear = [...unclear, login].slice(-(mostUnclear + 1));
      return (end) => {
        if (!mayHaveFailed(end)) unclear = unclear.filter((other) => other !== login);
      };
    },
    noteSuccess: () => {
      unclear = [];
    },
  };
}

/**
 * Returns true if the service may have counted a login as failed. A 401 may be about the access token or the login.
 * After 429 and 503 the service has not looked at the login.
 */
export function mayHaveFailed({ status, isUnsent }: AttemptEnd): boolean {
  if (status === undefined) return !isUnsent;
  return status < 300 || status === 401 || isUnclear(status);
}

/** Returns true if the service may have acted on the request although it did not say so. */
const isUnclear = (status: number) => status === 408 || (status >= 500 && status !== 503);
