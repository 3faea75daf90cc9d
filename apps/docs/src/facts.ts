import { formatDuration, tokenFacts } from "@thingspace-callbacks/contract";

/** Facts about tokens as text for the guides. */
export const facts = {
  /** Lifetime of an access token, such as "1 hour". */
  accessTokenLifetime: formatDuration(tokenFacts.accessTokenSeconds),
  /** Time without use after which a session expires, in minutes or hours. */
  sessionIdleTime: formatDuration(tokenFacts.sessionIdleSeconds),
  /** Failed logins in a row that lock a user. */
  failuresToLock: tokenFacts.failuresToLock,
};
