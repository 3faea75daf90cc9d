import { type FailureCode, Refusal } from "./failure.ts";
import type { Failure } from "./options.ts";

/** Advice about a refused request or a message without a handler. The other codes are errors of the program. */
const advice: Partial<Record<FailureCode, string>> = {
  METHOD_NOT_ALLOWED: "If a sender checks the URL with GET or HEAD, set `probe: true`.",
  ADDRESS_NOT_ALLOWED:
    "If ThingSpace sent it, add the address to `allowedAddresses`, or check what `clientAddress` returns.",
  UNSUPPORTED_MEDIA_TYPE: "If ThingSpace sent it, check whether a proxy changes the Content-Type.",
  COMPRESSED_BODY: "If ThingSpace sent it, check whether a proxy compresses the body.",
  BODY_TOO_LARGE: "If ThingSpace sent it, raise `maxBodyBytes`.",
  BODY_TOO_SLOW: "If ThingSpace sent it, raise `bodyTimeoutMs`.",
  BODY_INCOMPLETE: "If ThingSpace sent it, check the time limits of your proxies.",
  INVALID_JSON: "If ThingSpace sent it, check whether a proxy or body parser changes the body.",
  NOT_VERIFIED:
    "If ThingSpace sent it, compare `verify` with the registration; after a change, list the previous secret, too.",
  UNDOCUMENTED_MESSAGE: "With `strict` it is refused; without, `on.other` receives it.",
  NO_HANDLER: "Add a handler for it; `other: () => {}` drops such messages without a warning.",
};

/** Limits the memory that senders can fill with new causes. */
const maxCauses = 100;
const pauseMs = 60_000;

/**
 * Creates the default `onError`. It writes errors of the program to `console.error`, and the rest to `console.warn`: one
 * line per cause and minute, without values of the request.
 */
export function createReporter(): (error: unknown, failure: Failure) => void {
  // The oldest first.
  const warnings = new Map<string, number>();

  return (error, { code, status }) => {
    const whatToDo = advice[code];
    if (whatToDo === undefined) {
      console.error(`ThingSpace callback failed with ${status} (${code}):`, error);
      return;
    }
    // Errors of the user's functions may contain what they were given.
    const reason = error instanceof Refusal ? error.message : "a function in the options failed";
    if (!isDue(code === "NO_HANDLER" ? reason : code)) return;
    const outcome = status < 400 ? "acknowledged" : `refused with ${status}`;
    console.warn(`ThingSpace callback ${outcome} (${code}): ${reason}. ${whatToDo}`);
  };

  function isDue(cause: string): boolean {
    const now = Date.now();
    for (const [old, at] of warnings) {
      if (now - at < pauseMs) break;
      warnings.delete(old);
    }
    if (warnings.has(cause) || warnings.size >= maxCauses) return false;
    warnings.set(cause, now);
    return true;
  }
}
