import { tokens } from "@thingspace-callbacks/contract";

/** Facts about tokens in words, for the guides. */
export const facts = {
  /** Such as "1 hour". */
  accessTokenLifetime: formatDuration(tokens.accessTokenSeconds),
  /** Such as "1 hour" or some minutes. */
  sessionIdleTime: formatDuration(tokens.sessionIdleSeconds),
  /** Failed logins in a row that lock a user. */
  failuresToLock: tokens.failuresToLock,
};

function formatDuration(seconds: number): string {
  const [count, unit] = seconds % 3_600 === 0 ? [seconds / 3_600, "hour"] : [seconds / 60, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
