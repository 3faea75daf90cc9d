import { apis } from "../generated/apis.ts";
import type { Api } from "../options.ts";
import {
  createInvalid,
  validateFunction,
  validateHandlers,
  validateObject,
  validateWholeNumber,
} from "../validate.ts";
import type { InboxEvent } from "./event.ts";
import type { InboxFailure } from "./failure.ts";
import type { InboxHandler } from "./handler.ts";
import type { InboxOptions } from "./options.ts";
import type { InboxStore } from "./store.ts";

/** The options after validation, with defaults. */
export interface InboxSettings {
  api: Api;
  store: InboxStore;
  /** By `type`. */
  handlers: Map<unknown, InboxHandler<unknown>>;
  key: ((message: unknown) => unknown) | undefined;
  orderKey: ((message: unknown) => unknown) | undefined;
  repeatWindowMs: number;
  concurrency: number;
  maxAttempts: number;
  retryPauseMs: (attempts: number) => number;
  handlerTimeoutMs: number;
  leaseMs: number;
  pollMs: number;
  keepHandledMs: number;
  onEvent: (event: InboxEvent) => unknown;
  onError: (error: unknown, failure: InboxFailure) => unknown;
}

const options = {
  api: true,
  store: true,
  handlers: true,
  key: true,
  orderKey: true,
  repeatWindowMs: true,
  concurrency: true,
  maxAttempts: true,
  retryPauseMs: true,
  handlerTimeoutMs: true,
  leaseMs: true,
  pollMs: true,
  keepHandledMs: true,
  onEvent: true,
  onError: true,
} satisfies Record<keyof InboxOptions<Api>, true>;

const storeMethods = ["add", "take", "renew", "settle", "list", "count", "replay", "purge"] as const;

/** Validates the options of an inbox, also for callers without TypeScript. @throws {OptionError} */
export function validateInboxOptions(given: unknown): InboxSettings {
  const { api, store, handlers, ...rest } = validateObject(given, "options", Object.keys(options));
  if (typeof api !== "string" || !Object.hasOwn(apis, api)) {
    throw createInvalid("api", `one of ${Object.keys(apis).join(", ")}`);
  }
  const methods = (store ?? {}) as Record<string, unknown>;
  for (const method of storeMethods) validateFunction(methods[method], `store.${method}`);
  const known = api as Api;
  const number = (name: keyof InboxSettings, fallback: number) =>
    validateWholeNumber(rest[name] ?? fallback, name);
  const optional = <F>(name: keyof InboxSettings) =>
    rest[name] === undefined ? undefined : validateFunction<F>(rest[name], name);
  return {
    api: known,
    store: store as InboxStore,
    handlers: validateHandlers(apis[known].types, known, handlers, "handlers") as InboxSettings["handlers"],
    key: optional("key"),
    orderKey: optional("orderKey"),
    repeatWindowMs: number("repeatWindowMs", 3_600_000),
    concurrency: number("concurrency", 10),
    maxAttempts: number("maxAttempts", 10),
    retryPauseMs: optional("retryPauseMs") ?? growPause,
    handlerTimeoutMs: number("handlerTimeoutMs", 60_000),
    leaseMs: number("leaseMs", 30_000),
    pollMs: number("pollMs", 500),
    keepHandledMs: number("keepHandledMs", 604_800_000),
    onEvent: optional("onEvent") ?? (() => {}),
    onError: optional("onError") ?? reportError,
  };
}

/** The pause after a failed attempt, in milliseconds, unless the user chooses another. */
export const growPause = (attempts: number) => Math.min(3_600_000, 1_000 * 4 ** (attempts - 1));

function reportError(error: unknown, { code, id, attempts, isLast }: InboxFailure): void {
  const outcome = isLast ? "the message is dead" : "it will be tried again";
  const subject = id === undefined ? "The inbox" : `The message ${id}, attempt ${attempts},`;
  console.error(`${subject} failed (${code}); ${outcome}:`, error);
}
