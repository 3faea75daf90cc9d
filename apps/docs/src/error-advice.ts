import { facts } from "./facts.ts";

/** Advice for each error code. The build fails when a code of the documents is missing here. */
const adviceByCode: Record<string, string> = {
  INVALID_PARAMETER:
    "Correct the request; the message names the field. Sending the same request again does not help.",
  CALLBACK_NOT_REGISTERED:
    "Nothing is registered for this account. If you wanted to deregister, you do not need to do anything.",
  INVALID_CREDENTIALS: `Do not retry with the same credentials: ${facts.failuresToLock} failures in a row lock the user.`,
  USER_LOCKED: "Stop logging in and ask the vendor's support to unlock the user.",
  "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired":
    "Log in once and retry the call; the access token is still valid. If the new session is rejected too, stop.",
  "UnifiedWebService.INPUT_INVALID.SessionToken.Invalid":
    "The session was ended or never existed. Log in once and retry the call. If the new session is rejected too, stop.",
  "UnifiedWebService.REQUEST_FAILED.SessionToken.Format":
    "Check the VZ-M2M-Token header: its value must be exactly the session token that logIn issued.",
  INTERNAL_SYSTEM_ERROR: "The request is not the cause. Retry later, a few times.",
  UNAUTHORIZED: "Send the mock's control token.",
  "900901": `Get a new token once: an access token is valid for ${facts.accessTokenLifetime}, and a session expires after ${facts.sessionIdleTime} without use. If the new token is rejected too, stop.`,
  "900902": "A header is missing. Send both tokens with every callback operation.",
  invalid_request: "Correct the form: it must contain grant_type=client_credentials.",
  invalid_client: "The key or the secret is wrong. Do not retry; check your application on the portal.",
};

/** Returns the advice for an error code. */
export function getAdvice(code: string): string {
  const advice = adviceByCode[code];
  if (!advice) throw new Error(`src/error-advice.ts has no advice for ${code}`);
  return advice;
}
