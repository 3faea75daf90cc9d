import { canonicalAddress } from "./addresses.ts";
import { demandFunction, demandKnown, demandObject, wholeNumber } from "./demand.ts";
import { apis } from "./generated/apis.ts";
import type { Api, Failure, Handler } from "./options.ts";
import type { CallbackRequest } from "./request.ts";
import type { SeenStore } from "./seen.ts";
import { type Verify, verifyOf } from "./verification.ts";

/** The options, found to be right. */
export interface Settings {
  api: Api;
  verify: Verify;
  /** By type. */
  handlers: Map<unknown, Handler<unknown>>;
  seen: SeenStore | undefined;
  onError: (error: unknown, failure: Failure) => unknown;
  handlerTimeoutMs: number;
  bodyTimeoutMs: number;
  maxBodyBytes: number;
  isAllowed: (request: CallbackRequest) => boolean;
}

const names = [
  "api",
  "verify",
  "on",
  "seen",
  "onError",
  "handlerTimeoutMs",
  "bodyTimeoutMs",
  "maxBodyBytes",
  "allowedAddresses",
  "clientAddress",
];

/**
 * Checks what a listener is made with; callers need not have used TypeScript.
 *
 * @throws {TypeError} that names the option, and never shows the value of a secret.
 */
export function settingsOf(options: Record<string, unknown>): Settings {
  demandKnown(Object.keys(demandObject(options, "the options")), names, "option");
  const { api, verify, on, seen, onError } = options;
  if (typeof api !== "string" || !Object.hasOwn(apis, api)) {
    throw new TypeError(`api must be one of ${Object.keys(apis).join(", ")}, not ${String(api)}.`);
  }
  const known = api as Api;
  return {
    api: known,
    handlers: handlersOf(known, on),
    seen: seen === undefined ? undefined : storeOf(seen),
    onError: onError === undefined ? report : demandFunction<Settings["onError"]>(onError, "onError"),
    handlerTimeoutMs: wholeNumber(options["handlerTimeoutMs"] ?? 5_000, "handlerTimeoutMs"),
    bodyTimeoutMs: wholeNumber(options["bodyTimeoutMs"] ?? 10_000, "bodyTimeoutMs"),
    maxBodyBytes: wholeNumber(options["maxBodyBytes"] ?? 2 * 1024 * 1024, "maxBodyBytes"),
    isAllowed: allowanceOf(options["allowedAddresses"], options["clientAddress"]),
    // Last, because it may warn, which is for listeners that are made.
    verify: verifyOf(known, verify),
  };
}

/** Nobody should lose messages without a word. */
const report: Settings["onError"] = (error, { status }) => {
  if (status >= 500) console.error("A ThingSpace callback was not handled:", error);
};

function handlersOf(api: Api, on: unknown): Settings["handlers"] {
  const handlers = Object.entries(demandObject(on, "on")).filter(([, handler]) => handler !== undefined);
  const types = [...apis[api].types, "other"];
  demandKnown(Object.keys(demandObject(on, "on")), types, `message type of ${api}`);
  if (handlers.length === 0) throw new TypeError(`on must have a handler: ${types.join(", ")}.`);
  return new Map(
    handlers.map(([type, handler]) => [type, demandFunction<Handler<unknown>>(handler, `on.${type}`)]),
  );
}

function storeOf(seen: unknown): SeenStore {
  const store = demandObject(seen, "seen");
  for (const method of ["claim", "commit", "release"]) demandFunction(store[method], `seen.${method}`);
  return store as unknown as SeenStore;
}

function allowanceOf(addresses: unknown, clientAddress: unknown): Settings["isAllowed"] {
  if (addresses === undefined && clientAddress === undefined) return () => true;
  const addressOf = demandFunction<(request: CallbackRequest) => unknown>(clientAddress, "clientAddress");
  if (!Array.isArray(addresses) || addresses.length === 0) {
    throw new TypeError("allowedAddresses must be a list of IP addresses.");
  }
  const allowed = new Set(
    addresses.map((address) => {
      const canonical = canonicalAddress(String(address));
      if (canonical === undefined) {
        throw new TypeError(
          `allowedAddresses: ${String(address)} is not an IP address. Ranges and names are not taken.`,
        );
      }
      return canonical;
    }),
  );
  return (request) => {
    const address = addressOf(request);
    return typeof address === "string" && allowed.has(canonicalAddress(address) ?? "");
  };
}
