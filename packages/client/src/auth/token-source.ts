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
  const getToken = async (signal?: AbortSignal): Promise<StoredToken> => {
    const token = typeof giver === "string" ? giver : await untilAborted(callGiver(giver), signal);
    if (isHeaderValue(token)) return { token, expiresAt: 0 };
    throw createInvalidOption(
      `credentials.${name}`,
      "a token without line breaks or a function that returns one",
    );
  };
  return { get: getToken, drop: () => {} };
}

/** Turns what a giver throws into a rejection. */
const callGiver = async (giver: Exclude<TokenGiver, string>) => giver();
