import { tokens } from "@thingspace-callbacks/contract";

/** Facts about tokens as text for the guides. */
export const facts = {
  /** Lifetime of an access token, such as "1 hour". */
  accessTokenLifetime: formatDuration(tokens.accessTokenSeconds),
  /** Time without use after which a session expires, in minutes or hours. */
  sessionIdleTime: formatDuration(tokens.sessionIdleSeconds),
  /** Failed logins in a row that lock a user. */
  failuresToLock: tokens.failuresToLock,
};

function formatDuration(seconds: number): string {
  const [count, unit] = seconds % 3_600 === 0 ? [seconds / 3_600, "hour"] : [seconds / 60, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
