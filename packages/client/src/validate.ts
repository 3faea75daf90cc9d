import type { Credentials } from "./auth/credentials.ts";
import { tokenRule } from "./auth/token-source.ts";
import type { CallOptions } from "./call/call-options.ts";
import { isHeaderValue } from "./call/header-value.ts";
import { createInvalidOption, OptionError } from "./call/option-error.ts";
import type { TokenStore } from "./call/token-store.ts";
import { isLoopbackHostname } from "./generated/loopback.ts";
import type { ClientOptions } from "./options.ts";
import { isObject } from "./result/json.ts";

/** The rule for the value of an option. */
export interface Check {
  /** The rule in words that follow "must be". */
  expected: string;
  accepts(value: unknown): boolean;
}

/** The rule for a string that is not empty. */
export const text: Check = {
  expected: "a string that is not empty",
  accepts: (value) => typeof value === "string" && value !== "",
};

const callable: Check = {
  expected: "a function",
  accepts: (value) => typeof value === "function",
};

const token: Check = {
  expected: tokenRule,
  accepts: (value) => isHeaderValue(value) || typeof value === "function",
};

const createWholeNumber = (from: number, to: number): Check => ({
  expected: `a whole number from ${from} to ${to}`,
  accepts: (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
});

// Timers take no longer delay.
const timeoutMs = createWholeNumber(1, 2 ** 31 - 1);

const clientChecks = {
  // validateCredentials checks the members.
  credentials: { expected: "an object", accepts: isObject },
  environment: {
    expected: '"production" or "mock"',
    accepts: (value) => value === "production" || value === "mock",
  },
  origin: {
    expected: 'scheme, host and port such as "http://127.0.0.1:4010"',
    accepts: (value) => isOrigin(String(value)),
  },
  allowHttp: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  fetch: callable,
  timeoutMs,
  retries: createWholeNumber(0, 10),
  onRequest: callable,
  onResponse: callable,
  onRetry: callable,
  tokenStore: {
    expected: "an object with get and set",
    accepts: (value) => {
      const { get, set } = (value ?? {}) as Partial<TokenStore>;
      return typeof get === "function" && typeof set === "function";
    },
  },
} satisfies Record<keyof ClientOptions, Check>;

const credentialChecks = {
  key: text,
  secret: text,
  accessToken: token,
  username: text,
  password: text,
  sessionToken: token,
} satisfies Record<keyof Credentials, Check>;

const callChecks = {
  signal: {
    expected: "an AbortSignal",
    accepts: (value) => typeof (value as AbortSignal | null)?.addEventListener === "function",
  },
  timeoutMs,
  headers: {
    expected: "an object of strings without line breaks",
    accepts: (value) =>
      isObject(value) && Object.values(value).every((text) => text === "" || isHeaderValue(text)),
  },
} satisfies Record<keyof CallOptions, Check>;

function isOrigin(url: string): boolean {
  return URL.canParse(url) && /^https?:\/\/[^/?#@]+\/?$/i.test(url);
}

/** @throws {OptionError} */
export function validateClientOptions(options: ClientOptions): void {
  validateMembers("options", options, clientChecks);
  const { origin, allowHttp } = options;
  if (origin === undefined || allowHttp) return;
  const { protocol, hostname } = new URL(origin);
  if (protocol !== "https:" && !isLoopbackHostname(hostname)) {
    throw createInvalidOption("origin", "https, unless allowHttp is true");
  }
}

/** @throws {OptionError} */
export function validateCredentials(credentials: Credentials): void {
  validateMembers("credentials", credentials, credentialChecks);
  const { key, secret, accessToken, username, password, sessionToken } = credentials;
  validateChoice("key and secret, or accessToken", [key, secret], accessToken);
  validateChoice("username and password, or sessionToken", [username, password], sessionToken);
}

/** Checks that either both members of a pair are given or the token that replaces them. */
function validateChoice(expected: string, pair: [unknown, unknown], token: unknown): void {
  const given = pair.filter((value) => value !== undefined).length;
  if (given === (token === undefined ? 2 : 0)) return;
  throw createInvalidOption("credentials", `an object with either ${expected}`);
}

/** @throws {OptionError} */
export function validateCallOptions(options: CallOptions): void {
  validateMembers("options", options, callChecks);
}

/**
 * Checks every member of an object that the caller gave. A member that is undefined counts as missing.
 *
 * @param group what the object is, such as `credentials`. The name of an option does not mention its group `options`.
 * @throws {OptionError} naming the first member that is unknown or has a wrong value.
 */
export function validateMembers(group: string, values: unknown, checks: Record<string, Check>): void {
  if (!isObject(values)) throw createInvalidOption(group, "an object");
  for (const [name, value] of Object.entries(values)) {
    const option = group === "options" ? name : `${group}.${name}`;
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) {
      const known = Object.keys(checks).join(", ");
      throw new OptionError("UNKNOWN_OPTION", option, `Unknown option "${option}". Known options: ${known}.`);
    }
    if (value !== undefined && !check.accepts(value)) {
      throw createInvalidOption(option, check.expected);
    }
  }
}
