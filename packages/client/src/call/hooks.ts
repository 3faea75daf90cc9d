import type { Call } from "./call.ts";
import { quietly } from "./quietly.ts";
import { isSecretName } from "./secret-name.ts";

/**
 * Functions that are told what happens, with every secret replaced; for logs and metrics. They are not waited for, and
 * what they throw is ignored.
 */
export interface Hooks {
  /** Before each attempt, those for tokens included. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** After each attempt that was answered. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Before each repetition, when it is known how long the pause will be. */
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
  /** By lower-case name; those that hold secrets are `[redacted]`. */
  headers: Record<string, string>;
}

/** An attempt that was answered; `headers` are the answer's. */
export interface ResponseEvent extends RequestEvent {
  status: number;
  durationMs: number;
}

/** An attempt that failed and will be repeated; `attempt` is the one that failed, `headers` are the request's. */
export interface RetryEvent extends RequestEvent {
  /** Length of the pause; 0 when only the tokens were renewed. */
  delayMs: number;
  /** What it was answered; undefined after a lost answer or a timeout. */
  status: number | undefined;
}

/** Tells a hook about a call, with the headers of its request or of its answer. */
export function tell<Event extends RequestEvent>(
  hook: (event: Event) => unknown,
  { api, operationId, method, url, info }: Call,
  headers: Record<string, string> | Headers,
  more: Omit<Event, keyof RequestEvent>,
): void {
  quietly(() =>
    hook({
      api,
      operationId,
      attempt: info.attempts,
      method,
      url,
      headers: Object.fromEntries(
        [...new Headers(headers)].map(([name, value]) => [name, isSecretName(name) ? "[redacted]" : value]),
      ),
      ...more,
    } as Event),
  );
}
