import type { Call } from "../call/call.ts";
import type { TokenKind } from "../call/operation.ts";
import { parseObject } from "../result/json.ts";
import type { Attempted } from "./attempt.ts";

/**
 * Returns the kinds of tokens that a response may have refused. A 401 may be about any of the call's tokens: the sources
 * do not say how to tell which.
 */
export function findRefusedTokens({ tokens }: Call, attempted: Attempted): readonly TokenKind[] {
  if (!attempted.response) return [];
  const { status, text } = attempted;
  if (status === 401) return tokens;
  return status === 400 && tokens.includes("session") && isSessionRefusal(text) ? ["session"] : [];
}

/**
 * Returns true if the body of a 400 says that the session has expired or is wrong. The platform's codes for that are
 * such as `UnifiedWebService.REQUEST_FAILED.SessionToken.Expired` (departure D4).
 */
function isSessionRefusal(text: string): boolean {
  if (!text.includes(sessionTokenPart)) return false;
  const { errorCode } = (parseObject(text) ?? {}) as { errorCode?: unknown };
  return typeof errorCode === "string" && errorCode.includes(sessionTokenPart);
}

const sessionTokenPart = ".SessionToken.";
