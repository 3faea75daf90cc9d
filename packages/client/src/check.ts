import type { Credentials } from "./credentials.ts";
import type { ClientOptions } from "./options.ts";

type Checks = Record<string, readonly [expected: string, isRight: (value: never) => boolean]>;

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isFunction = (value: unknown) => typeof value === "function";
const isWhole = (from: number, to: number) => (value: number) =>
  Number.isInteger(value) && value >= from && value <= to;

const text = ["a string that is not empty", isText] as const;
const token = [
  "a token or a function that gives one",
  (value: unknown) => isText(value) || isFunction(value),
] as const;
const object = ["an object", (value: unknown) => typeof value === "object" && !!value] as const;
const hook = ["a function", isFunction] as const;
const timeoutMs = ["a whole number of milliseconds from 1 to 2147483647", isWhole(1, 2 ** 31 - 1)] as const;

const clientChecks: Checks = {
  credentials: object,
  environment: ['"production" or "mock"', (value: string) => value === "production" || value === "mock"],
  origin: [
    'scheme, host and port such as "http://127.0.0.1:4010"',
    (value: string) => URL.canParse(value) && /^https?:\/\/[^/?#@]+\/?$/i.test(value),
  ],
  allowHttp: ["true or false", (value: unknown) => typeof value === "boolean"],
  fetch: hook,
  timeoutMs,
  retries: ["a whole number from 0 to 10", isWhole(0, 10)],
  onRequest: hook,
  onResponse: hook,
  onRetry: hook,
  tokenStore: [
    "an object with the functions get and set",
    (value: Record<string, unknown>) => isFunction(value?.["get"]) && isFunction(value?.["set"]),
  ],
};

const callChecks: Checks = {
  signal: ["an AbortSignal", (value: AbortSignal) => isFunction(value?.addEventListener)],
  timeoutMs,
  headers: object,
};

const credentialChecks: Checks = {
  key: text,
  secret: text,
  accessToken: token,
  username: text,
  password: text,
  sessionToken: token,
};

/** @throws {TypeError} naming the option and what was expected. */
export function checkClientOptions(options: ClientOptions): void {
  check("options", options, clientChecks);
  const { origin, allowHttp, credentials } = options;
  const isLocal = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/i;
  if (origin && /^http:/i.test(origin) && !allowHttp && !isLocal.test(origin)) {
    throw new TypeError(
      `origin must be https, not ${origin}: tokens could be read on the way. allowHttp: true allows it.`,
    );
  }
  if (credentials) checkCredentials(credentials);
}

/** @throws {TypeError} naming what is wrong; never shows a value. */
export function checkCredentials(credentials: Credentials): void {
  check("credentials", credentials, credentialChecks);
  const has = (name: keyof Credentials) => credentials[name] !== undefined;
  for (const [one, other, given] of [
    ["key", "secret", "accessToken"],
    ["username", "password", "sessionToken"],
  ] as const) {
    if (has(one) !== has(other) || has(one) === has(given)) {
      throw new TypeError(`credentials must have either ${one} and ${other}, or ${given}.`);
    }
  }
}

/** @throws {TypeError} naming the option and what was expected. */
export const checkCallOptions = (options: object): void => check("options", options, callChecks);

function check(what: string, values: object, checks: Checks): void {
  if (!object[1](values)) throw new TypeError(`${what} must be ${object[0]}.`);
  for (const [name, value] of Object.entries(values)) {
    const known = Object.hasOwn(checks, name) && checks[name];
    if (!known) {
      throw new TypeError(
        `${what}: there is no ${name}. Did you mean ${nearest(name, Object.keys(checks))}?`,
      );
    }
    if (value !== undefined && !known[1](value as never)) throw new TypeError(`${name} must be ${known[0]}.`);
  }
}

/** The name that has the most letters at the same place. */
function nearest(name: string, names: string[]): string | undefined {
  const wanted = name.toLowerCase();
  const score = (candidate: string) =>
    [...candidate.toLowerCase()].filter((letter, at) => letter === wanted[at]).length;
  return names.sort((a, b) => score(b) - score(a))[0];
}
