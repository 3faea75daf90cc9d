import type { Call } from "./call.ts";
import { ignoreErrors } from "./ignore-errors.ts";
import { redactMembers } from "./redact.ts";

/**
 * Functions for logs and metrics that are called during a call. Secrets are replaced by `[redacted]`. The client does not
 * wait for them, and ignores what they throw.
 */
export interface Hooks {
  /** Called before each attempt, also of token requests. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** Called after each attempt that got a response. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called before the pause before each retry. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
}

/** An attempt that is about to be made. Bodies are never shown. */
export interface RequestEvent {
  api: string;
  operationId: string;
  /** Counts from 1. */
  attempt: number;
  method: string;
  url: string;
  /** Headers by lower-case name; `[redacted]` replaces values that may be secret. */
  headers: Record<string, string>;
}

/** An attempt that got a response; `headers` are the response's. */
export interface ResponseEvent extends RequestEvent {
  status: number;
  /** In milliseconds, until the whole body was read. */
  durationMs: number;
}

/** An attempt that failed and will be retried; `attempt` is the failed one, `headers` are the request's. */
export interface RetryEvent extends RequestEvent {
  /** Length of the pause in milliseconds; 0 when only the tokens were renewed. */
  delayMs: number;
  /** Status of the failed attempt; undefined after a network error or a timeout. */
  status: number | undefined;
}

/** Calls a hook, if there is one, with the facts of a call and the headers of its request or of its response. */
export function callHook<Event extends RequestEvent>(
  hook: ((event: Event) => unknown) | undefined,
  { api, operationId, method, url, info }: Call,
  headers: Record<string, string> | Headers,
  more: Omit<Event, keyof RequestEvent>,
): void {
  if (!hook) return;
  ignoreErrors(() => {
    const shown = redactMembers(new Headers(headers));
    return hook({ api, operationId, attempt: info.attempts, method, url, headers: shown, ...more } as Event);
  });
}
