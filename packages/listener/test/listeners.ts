import { type Mock, vi } from "vitest";
import { type CallbackListener, createCallbackListener, type Failure } from "../src/index.ts";
import { createTestCallback, type TestCallback } from "../src/testing.ts";
import type { Sent } from "./adapters.ts";

export const credentials = { username: "me", password: "hunter2 and more" };
export const pathSecret = "a2c1b7c4-5d0e-4f39-9d2c-0f6f6d1f1d55";

/** A listener, the calls of its handler, and what `onError` received. */
export interface Watched {
  listener: CallbackListener;
  handled: Mock;
  failures: (Failure & { error: unknown })[];
}

/** Creates a V1 listener that verifies by credentials. */
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

/** Returns a verified V1 message with more members. */
export const messageOf = (members: Record<string, unknown> = {}) =>
  JSON.stringify({ type: "upgradeProgress", ...credentials, ...members });

export const post = (body: Sent["body"], sent: Sent = {}): Sent => ({ headers: json, body, ...sent });

/** Returns a document's example as a request to send. */
export async function callback(of: TestCallback): Promise<Sent> {
  const request = createTestCallback({ ...credentials, ...of });
  return { method: request.method, headers: Object.fromEntries(request.headers), body: await request.text() };
}
