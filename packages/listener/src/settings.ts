import { canonicalizeAddress } from "./address.ts";
import { apis } from "./generated/apis.ts";
import type { Api, Failure, Handler, ListenerOptions, MessageEvent, SeenOptions } from "./options.ts";
import { createReporter } from "./report.ts";
import type { CallbackRequest } from "./request.ts";
import {
  createInvalid,
  validateBoolean,
  validateFunction,
  validateHandlers,
  validateObject,
  validateWholeNumber,
} from "./validate.ts";
import { createVerifier, type Verifier } from "./verification.ts";

/** The options after validation, with defaults. */
export interface Settings {
  api: Api;
  verify: Verifier;
  /** By `type`. */
  handlers: Map<unknown, Handler<unknown>>;
  strict: boolean;
  probe: boolean;
  seen: SeenOptions | undefined;
  onError: (error: unknown, failure: Failure) => unknown;
  onMessage: (event: MessageEvent) => unknown;
  handlerTimeoutMs: number;
  bodyTimeoutMs: number;
  maxBodyBytes: number;
  isAllowed: (request: CallbackRequest) => boolean;
}

const options = {
  api: true,
  verify: true,
  on: true,
  strict: true,
  probe: true,
  seen: true,
  onError: true,
  onMessage: true,
  handlerTimeoutMs: true,
  bodyTimeoutMs: true,
  maxBodyBytes: true,
  allowedAddresses: true,
  clientAddress: true,
} satisfies Record<keyof ListenerOptions<Api>, true>;

const seenOptions = { store: true, key: true } satisfies Record<keyof SeenOptions, true>;

/**
 * Validates the options of a listener, also for callers without TypeScript.
 *
 * @throws {OptionError}
 */
export function validateOptions(given: unknown): Settings {
  const {
    api,
    verify,
    on,
    seen,
    onError = createReporter(),
    onMessage = () => {},
    handlerTimeoutMs = 3_000,
    bodyTimeoutMs = 10_000,
    maxBodyBytes = 2 * 1024 * 1024,
    ...rest
  } = validateObject(given, "options", Object.keys(options));
  if (typeof api !== "string" || !Object.hasOwn(apis, api)) {
    throw createInvalid("api", `one of ${Object.keys(apis).join(", ")}`);
  }
  const known = api as Api;
  return {
    api: known,
    handlers: validateHandlers(apis[known].types, known, on, "on") as Settings["handlers"],
    strict: validateBoolean(rest["strict"], "strict"),
    probe: validateBoolean(rest["probe"], "probe"),
    seen: seen === undefined ? undefined : validateSeen(seen),
    onError: validateFunction(onError, "onError"),
    onMessage: validateFunction(onMessage, "onMessage"),
    handlerTimeoutMs: validateWholeNumber(handlerTimeoutMs, "handlerTimeoutMs"),
    bodyTimeoutMs: validateWholeNumber(bodyTimeoutMs, "bodyTimeoutMs"),
    maxBodyBytes: validateWholeNumber(maxBodyBytes, "maxBodyBytes"),
    isAllowed: validateAddresses(rest["allowedAddresses"], rest["clientAddress"]),
    // Last, because it may warn, which makes sense for valid options only.
    verify: createVerifier(known, verify),
  };
}

function validateSeen(given: unknown): SeenOptions {
  const { store, key } = validateObject(given, "seen", Object.keys(seenOptions));
  const methods = (store ?? {}) as Record<string, unknown>;
  for (const method of ["claim", "commit", "release"])
    validateFunction(methods[method], `seen.store.${method}`);
  if (key !== undefined) validateFunction(key, "seen.key");
  return given as SeenOptions;
}

function validateAddresses(addresses: unknown, clientAddress: unknown): Settings["isAllowed"] {
  if (addresses === undefined && clientAddress === undefined) return () => true;
  const getAddress = validateFunction<(request: CallbackRequest) => unknown>(clientAddress, "clientAddress");
  if (!Array.isArray(addresses) || addresses.length === 0) {
    throw createInvalid("allowedAddresses", "a list of IP addresses");
  }
  const allowed = new Set(
    addresses.map((address) => {
      const canonical = canonicalizeAddress(String(address));
      if (canonical !== undefined) return canonical;
      throw createInvalid("allowedAddresses", `IP addresses, not ranges or names such as ${String(address)}`);
    }),
  );
  return (request) => {
    const address = getAddress(request);
    return typeof address === "string" && allowed.has(canonicalizeAddress(address) ?? "");
  };
}
