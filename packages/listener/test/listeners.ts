import { type Mock, vi } from "vitest";
import { type CallbackListener, createCallbackListener, type Failure } from "../src/index.ts";
import { createTestCallback, type TestCallback } from "../src/testing.ts";
import type { Sent } from "./adapters.ts";

export const credentials = { username: "me", password: "hunter2 and more" };
export const pathSecret = "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55";

/** A listener, what reaches its handlers, and what `onError` is told. */
export interface Watched {
  listener: CallbackListener;
  handled: Mock;
  failures: (Failure & { error: unknown })[];
}

/** A V1 listener that verifies by credentials. */
export function createListener(options: Record<string, unknown> = {}): Watched {
  const handled = vi.fn();
  const failures: Watched["failures"] = [];
  const listener = createCallbackListener({
    api: "v1",
    verify: credentials,
    on: { other: handled },
    onError: (error, failure) => {
      failures.push({ error, ...failure });
    },
    ...options,
  });
  return { listener, handled, failures };
}

export const json = { "Content-Type": "application/json" };

/** A verified V1 message with members of its own. */
export const messageOf = (members: Record<string, unknown> = {}) =>
  JSON.stringify({ type: "upgradeProgress", ...credentials, ...members });

export const post = (body: Sent["body"], sent: Sent = {}): Sent => ({ headers: json, body, ...sent });

/** A document's example as something to send. */
export async function callback(of: TestCallback): Promise<Sent> {
  const request = createTestCallback({ ...credentials, ...of });
  return { method: request.method, headers: Object.fromEntries(request.headers), body: await request.text() };
}
