import type { Credentials } from "./auth/credentials.ts";
import type { CallOptions } from "./call/call-options.ts";
import { isHeaderValue } from "./call/header-value.ts";
import type { TokenStore } from "./call/token-store.ts";
import type { ClientOptions } from "./options.ts";

/** Without a test, the second word of what is expected is the type. */
export type Check = readonly [expected: string, test?: (value: never) => unknown];

export const isObject = (value: unknown) => value && typeof value === "object" && !Array.isArray(value);

export const text: Check = ["a string that is not empty"];
const fn: Check = ["a function"];
const token: Check = [
  "a token without line breaks or a function",
  (value: unknown) => isHeaderValue(value) || typeof value === "function",
];
const whole = (from: number, to: number): Check => [
  `a whole number from ${from} to ${to}`,
  (value: number) => Number.isInteger(value) && value >= from && value <= to,
];
const timeoutMs = whole(1, 2 ** 31 - 1);

const clientChecks = {
  // checkCredentials says more.
  credentials: ["", () => true],
  environment: ['"production" or "mock"', (value: string) => ["production", "mock"].includes(value)],
  origin: [
    'scheme, host and port such as "http://127.0.0.1:4010"',
    (value: string) => URL.canParse(value) && /^https?:\/\/[^/?#@]+\/?$/i.test(value),
  ],
  allowHttp: ["a boolean"],
  fetch: fn,
  timeoutMs,
  retries: whole(0, 10),
  onRequest: fn,
  onResponse: fn,
  onRetry: fn,
  tokenStore: ["an object with get and set", (value: Partial<TokenStore> | null) => value?.get && value.set],
} satisfies Record<keyof ClientOptions, Check>;

export const callChecks = {
  signal: ["an AbortSignal", (value: AbortSignal | null) => value?.addEventListener],
  timeoutMs,
  headers: [
    "an object of texts without line breaks",
    (value: object) =>
      isObject(value) && Object.values(value).every((text) => text === "" || isHeaderValue(text)),
  ],
} satisfies Record<keyof CallOptions, Check>;

const credentialChecks = {
  key: text,
  secret: text,
  accessToken: token,
  username: text,
  password: text,
  sessionToken: token,
} satisfies Record<keyof Credentials, Check>;

/** @throws {TypeError} naming the option and what was expected. */
export function checkClientOptions(options: ClientOptions): void {
  check("options", options, clientChecks);
  const { origin, allowHttp } = options;
  if (origin && !allowHttp && !/^http(s:|:\/\/(localhost|127\.[.\d]+|\[::1])(:|\/|$))/i.test(origin)) {
    throw new TypeError("origin must be https, unless allowHttp is true.");
  }
}

/** @throws {TypeError} naming what is wrong; never shows a value. */
export function checkCredentials(credentials: Credentials): void {
  check("credentials", credentials, credentialChecks);
  const lacks = (name: keyof Credentials) => !credentials[name];
  for (const [one, other, given] of [
    ["key", "secret", "accessToken"],
    ["username", "password", "sessionToken"],
  ] as const) {
    if (lacks(one) !== lacks(other) || lacks(one) === lacks(given)) {
      throw new TypeError(`credentials must have either ${one} and ${other}, or ${given}.`);
    }
  }
}

/** @throws {TypeError} naming what is unknown or wrong, and what was expected. */
export function check(what: string, values: object, checks: Record<string, Check>): void {
  if (!isObject(values)) throw new TypeError(`${what} must be an object.`);
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(checks, name)) {
      throw new TypeError(`${what}: there is no ${name}, only ${Object.keys(checks).join(", ")}.`);
    }
    if (value === undefined) continue;
    const [expected, test = (value: unknown) => value !== "" && typeof value === expected.split(" ")[1]] =
      checks[name] as Check;
    if (!test(value as never)) throw new TypeError(`${name} must be ${expected}.`);
  }
}
