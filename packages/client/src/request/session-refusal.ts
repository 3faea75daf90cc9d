import { parseObject } from "../result/parse-object.ts";

/**
 * Returns true if the body of a 400 says that the session has expired or is wrong. The platform's codes for that are
 * such as `UnifiedWebService.REQUEST_FAILED.SessionToken.Expired` (departure D4).
 */
export function isSessionRefusal(text: string): boolean {
  if (!text.includes(sessionTokenPart)) return false;
  const { errorCode } = (parseObject(text) ?? {}) as { errorCode?: unknown };
  return typeof errorCode === "string" && errorCode.includes(sessionTokenPart);
}

const sessionTokenPart = ".SessionToken.";
