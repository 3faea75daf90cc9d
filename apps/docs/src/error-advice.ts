import { facts } from "./facts.ts";

/** What to do about each error code. A code that the documents have and this list lacks stops the build. */
const whatToDo: Record<string, string> = {
  INVALID_PARAMETER:
    "Mend the request; the message names the field. Sending it again as it is does not help.",
  CALLBACK_NOT_REGISTERED:
    "Nothing is registered for this account: when deregistering, that is what you wanted.",
  INVALID_CREDENTIALS: `Do not try again with the same credentials: ${facts.failuresToLock} failures in a row lock the user.`,
  USER_LOCKED: "Stop logging in and ask the vendor's support to unlock the user.",
  "UnifiedWebService.REQUEST_FAILED.SessionToken.Expired":
    "Log in once and repeat the call; the access token is still good. If the new session is refused too, stop.",
  "UnifiedWebService.INPUT_INVALID.SessionToken.Invalid":
    "The session was ended or never existed: log in once and repeat the call. If the new session is refused too, stop.",
  "UnifiedWebService.REQUEST_FAILED.SessionToken.Format":
    "Check the VZ-M2M-Token header: it has the session token that logIn issued, as it is.",
  INTERNAL_SYSTEM_ERROR: "Not your fault: try again later, a few times.",
  UNAUTHORIZED: "Send the mock's control token.",
  "900901": `Get a new token, once: an access token lives ${facts.accessTokenLifetime}, a session ${facts.sessionIdleTime} without use. If the new one is refused too, stop.`,
  "900902": "A header is missing. Both tokens go with every callback operation.",
  invalid_request: "Mend the form: it needs grant_type=client_credentials.",
  invalid_client: "The key or the secret is wrong. Do not repeat it; check your application on the portal.",
};

export function advice(code: string): string {
  const found = whatToDo[code];
  if (!found) throw new Error(`src/error-advice.ts does not say what to do about ${code}`);
  return found;
}
