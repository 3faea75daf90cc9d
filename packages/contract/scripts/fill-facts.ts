import type { TokenFacts } from "../src/api.ts";
import { formatDuration } from "../src/duration.ts";
import type { Document } from "./document.ts";

/**
 * Returns a document in which the descriptions contain the facts about tokens instead of their names in braces, such as
 * `{accessTokenLifetime}`. So each of these numbers is written once, in its `x-` member.
 */
export function fillFacts(document: Document, tokenFacts: TokenFacts): Document {
  const facts = {
    "{accessTokenLifetime}": formatDuration(tokenFacts.accessTokenSeconds),
    "{sessionIdleLifetime}": formatDuration(tokenFacts.sessionIdleSeconds),
    "{failuresToLock}": String(tokenFacts.failuresToLock),
  };
  return JSON.parse(JSON.stringify(document), (key, value) => {
    if (key !== "description" || typeof value !== "string") return value;
    return Object.entries(facts).reduce((text, [name, fact]) => text.replaceAll(name, fact), value);
  });
}
