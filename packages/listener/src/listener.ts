import { type Core, createCore } from "./core.ts";
import type { Api, ListenerOptions } from "./options.ts";
import { validateOptions } from "./settings.ts";
import { respond } from "./web.ts";
import { isWebRequest, refuseNodeRequest } from "./wrong-request.ts";

/**
 * Receives the callback messages of one URL. Never rejects.
 *
 * Servers may pass further arguments after the request, which are ignored. A fourth argument is a type error, because only
 * Express passes one: use `toNodeHandler(listener)` there.
 */
export type CallbackListener = (
  request: Request,
  ...rest: [environment?: unknown, context?: unknown, next?: never]
) => Promise<Response>;

const cores = new WeakMap<CallbackListener, Core>();

/**
 * Creates a listener for the messages that ThingSpace POSTs to a registered URL. It verifies and checks each message, passes
 * it to the handler of its type, and acknowledges it when the handler has finished.
 *
 * The listener is a function from `Request` to `Response`, ready for Hono, Next.js, workers, Bun and Deno. `toNodeHandler`
 * turns it into a handler for node:http, Express and Fastify.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
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
  const core = createCore(validateOptions(options));
  const listener: CallbackListener = async (request, response) =>
    isWebRequest(request) ? respond(core, request) : refuseNodeRequest(core, request, response);
  cores.set(listener, core);
  return listener;
}

/** Returns the core of a listener, for an adapter that does not use `Request`. */
export function getCore(listener: CallbackListener): Core {
  const core = cores.get(listener);
  if (!core) throw new TypeError("listener must come from createCallbackListener.");
  return core;
}
