import { isHeaderValue } from "../call/header-value.ts";
import { createInvalidOption } from "../call/option-error.ts";
import type { StoredToken } from "../call/token-store.ts";
import { untilAborted } from "../call/until-aborted.ts";
import type { TokenGiver } from "./credentials.ts";

/** Gives the tokens of one kind. */
export interface TokenSource {
  /**
   * Returns the token to send. `drop` recognizes the object and not its text, because a new token may have the text of
   * the old one.
   *
   * @param signal ends the wait of this call only.
   */
  get(signal?: AbortSignal): StoredToken | Promise<StoredToken>;
  /** Forgets a token that the service refused, unless there is a newer one. */
  drop(refused: StoredToken): void;
  /** Resolves with the token that the client has requested, if it is valid. Sources of given tokens lack this method. */
  findRequested?(): Promise<StoredToken | undefined>;
}

/** Creates a source that gives the token that it was given. A function is called every time. */
export function createGivenSource(name: string, giver: TokenGiver): TokenSource {
  if (typeof giver === "string") return { get: () => ({ token: giver, expiresAt: 0 }), drop: () => {} };
  // An async function, so that what the giver throws is a rejection.
  const askGiver = async () => giver();
  const get = async (signal?: AbortSignal): Promise<StoredToken> => {
    const token = await untilAborted(askGiver(), signal);
    if (isHeaderValue(token)) return { token, expiresAt: 0 };
    throw createInvalidOption(`credentials.${name}`, tokenRule);
  };
  return { get, drop: () => {} };
}

/** The rule for a token and for a function that gives one, in words that follow "must be". */
export const tokenRule = "a token without line breaks or a function that returns one";
