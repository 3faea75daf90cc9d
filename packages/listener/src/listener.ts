import { type Core, createCore } from "./core.ts";
import type { Api, ListenerOptions } from "./options.ts";
import { settingsOf } from "./settings.ts";
import { respond } from "./web.ts";

/** Receives the callback messages of one URL. Never rejects. */
export type CallbackListener = (request: Request) => Promise<Response>;

const cores = new WeakMap<CallbackListener, Core>();

/**
 * Makes a listener for the messages that ThingSpace POSTs to a registered URL: it verifies and checks each, gives it to
 * the handler of its type, and acknowledges it when that has finished.
 *
 * It is a function from `Request` to `Response`, as it stands for Hono, Next.js, workers, Bun and Deno; `toNodeHandler`
 * makes it one for node:http, Express and Fastify.
 *
 * @throws {TypeError} when an option is missing, unknown or has a wrong value; the message names it.
 * @example
 * export const listener = createCallbackListener({
 *   api: "v1",
 *   verify: { username: "me", password: process.env.CALLBACK_PASSWORD ?? "" },
 *   on: {
 *     upgradeScheduled: async (message) => save(message.upgradeScheduled),
 *     other: async (message) => log(message.type),
 *   },
 * });
 */
export function createCallbackListener<const A extends Api>(options: ListenerOptions<A>): CallbackListener {
  const core = createCore(settingsOf(options));
  const listener: CallbackListener = (request) => respond(core, request);
  cores.set(listener, core);
  return listener;
}

/** What a listener does, for an adapter that does not go through `Request`. */
export function coreOf(listener: CallbackListener): Core {
  const core = cores.get(listener);
  if (!core) throw new TypeError("listener must come from createCallbackListener.");
  return core;
}
