import type { AddressInfo } from "node:net";
import cors from "@fastify/cors";
import { isLoopbackHost } from "@thingspace-callbacks/contract";
import type { components } from "@thingspace-callbacks/contract/types/control";
import type { FastifyInstance } from "fastify";
import { readConfig } from "./config.ts";
import { createFaults } from "./control/faults.ts";
import { controlHandlers } from "./control/handlers.ts";
import { createOutbox } from "./deliveries/outbox.ts";
import { createQueue } from "./deliveries/queue.ts";
import {
  findSenderProfile,
  fixedPauses,
  type SenderProfile,
  senderNames,
} from "./deliveries/sender-profile.ts";
import { createDeliveries } from "./deliveries/store.ts";
import { type AllowList, createAllowList } from "./deliveries/target/allow-list.ts";
import { authHandlers } from "./engine/auth.ts";
import { callbackHandlers } from "./engine/callbacks.ts";
import { demandPrism } from "./engine/load-prism.ts";
import { createApp } from "./http/app.ts";
import { readOrigins } from "./http/cors-origins.ts";
import { createLog } from "./http/log.ts";
import { readPublicUrl } from "./http/public-url.ts";
import { createJournal } from "./journal/journal.ts";
import { type MockOptions, OptionError } from "./mock-options.ts";
import type { Handlers } from "./operations/handler.ts";
import { routes } from "./operations/routes.ts";
import { createClock } from "./state/clock.ts";
import { openDatabase } from "./state/database.ts";
import { createRegistrations, createStoredRegistrations } from "./state/registrations.ts";
import { createTokens } from "./state/tokens.ts";
import { inTransaction } from "./state/transaction.ts";

export interface Mock {
  /**
   * Starts listening.
   *
   * @param address `port` 0 takes any free one.
   * @returns the origin, such as `http://127.0.0.1:4010`.
   * @throws the system's error when the address cannot be had, such as `EADDRINUSE`; {@link OptionError} when the address
   * is beyond loopback and there is no control token.
   */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Answers a request without a port; give it to a client as its `fetch`. Takes what the platform's `fetch` takes. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>;
  /** Forgets everything: registrations, tokens, deliveries, faults, the journal; sets the clock right. */
  reset(): Promise<void>;
  /**
   * Sends a callback message to the URL that is registered for the account.
   *
   * @returns the delivery's id.
   * @throws when nothing is registered.
   */
  deliverEvent(event: Event): Promise<number>;
  /** Resolves when no delivery is pending any more. */
  idle(): Promise<void>;
  /** Stops: requests under way are answered, deliveries that are pending stay so in the store. */
  close(): Promise<void>;
}

/** A message to send; see the control document's `sendEvent`. */
export type Event = components["schemas"]["Event"];

/**
 * Makes a mock server of every API of the documents, at the paths of the real service.
 *
 * @throws {OptionError | StoreError | ConfigError} when an option, the store or the configuration cannot be used.
 * @example
 * const mock = await createMock();
 * const credentials = { accessToken: "any", sessionToken: "any" };
 * const thingspace = createThingSpaceClient({ environment: "mock", credentials, fetch: mock.fetch });
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const { auth = "lenient", engine = "stateful", control = true, controlToken } = options;
  if (options.config && auth !== "strict") throw new OptionError("config is for auth strict only.");
  for (const name of ["controlToken", "store", "config"] as const) {
    if (options[name] === "") throw new OptionError(`${name} must not be empty.`);
  }
  if (auth === "strict" && !options.config) {
    throw new OptionError("auth strict needs a config file, which names the applications and users.");
  }
  const config = auth === "strict" && options.config ? readConfig(options.config) : undefined;

  const publicUrl = options.publicUrl === undefined ? undefined : readPublicUrl(options.publicUrl);
  const origins = options.cors === undefined ? undefined : readOrigins(options.cors);
  const log = await createLog(options.logLevel ?? "error");
  if (engine === "prism") demandPrism();
  const journal = createJournal();
  const { allowTargets = [] } = options;
  const allowsTarget = allowListOf(allowTargets);
  const profile = senderProfileOf(options);
  const { maxOutgoing = 200, keepDeliveries = 100_000 } = options;
  demandCount("maxOutgoing", maxOutgoing, 1);
  demandCount("keepDeliveries", keepDeliveries, 0);
  const outbox = createOutbox({ allowTargets, journal, timeoutMs: profile.timeoutMs });
  // Last of what can be refused, so that nothing is left open.
  const database = openDatabase(options.store);
  const clock = createClock();
  const faults = createFaults();
  const registrations = options.store ? createStoredRegistrations(database) : createRegistrations();
  const tokens = createTokens(database, clock);
  const deliveries = createDeliveries(database, { keepFinished: keepDeliveries });
  const queue = createQueue({
    deliveries,
    send: outbox.send,
    onError: (error) => app.log.error(error),
    onAttempt: ({ id, account }, { status, error, durationMs }) => {
      log.write({ operation: "deliver", account, status, ms: durationMs, delivery: id, error });
    },
    profile,
    maxOutgoing,
  });

  const handlers: Handlers = {
    ...callbackHandlers(registrations, { listsCredentials: options.listCredentials ?? false }),
    ...authHandlers(tokens, config),
    ...controlHandlers({
      registrations,
      tokens,
      deliveries,
      queue,
      faults,
      journal,
      clock,
      allowsTarget,
      inTransaction: (run) => inTransaction(database, run),
    }),
  };
  const app: FastifyInstance = await createApp({
    engine,
    handlers,
    faults,
    journal,
    tokens,
    config,
    sessionErrors: options.sessionErrors ?? "platform",
    allowsTarget,
    control,
    controlToken,
    requestTimeoutMs: options.requestTimeoutMs,
    publicUrl,
    log,
    tls: options.tls,
  });
  if (origins) {
    await app.register(cors, {
      origin: origins,
      methods: [...new Set(routes.map(({ operation }) => operation.method.toUpperCase()))],
      exposedHeaders: ["Retry-After", "RevokedAccessToken", "WWW-Authenticate"],
    });
  }
  await app.ready();

  /** Calls a control operation without going through HTTP, whether or not it is served there. */
  const steer = async (operationId: string, body: unknown) => {
    const route = routes.find(
      ({ api, operation }) => api === "control" && operation.operationId === operationId,
    );
    const handler = handlers["control"]?.[operationId];
    if (!route || !handler) throw new Error(`There is no control operation ${operationId}`);
    const { operation } = route;
    return handler({ operation, path: {}, query: {}, headers: {}, body: body as never });
  };

  return {
    listen: async ({ host, port }) => {
      const isLoopback = isLoopbackHost(host);
      if (control && !isLoopback && controlToken === undefined) {
        throw new OptionError(
          `Listening on ${host} opens the control operations to others: choose a token with --control-token, or switch them off with --no-control.`,
        );
      }
      outbox.restrict(!isLoopback);
      // As many connections as come in a burst; the usual backlog is 511.
      await app.listen({ host, port, backlog: 4_096 });
      queue.resume();
      const { address, family, port: taken } = app.server.address() as AddressInfo;
      return `http${options.tls ? "s" : ""}://${family === "IPv6" ? `[${address}]` : address}:${taken}`;
    },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname, search } = new URL(request.url);
      const answer = await app.inject({
        method: request.method as "GET",
        url: pathname + search,
        headers: Object.fromEntries(request.headers),
        payload: Buffer.from(await request.arrayBuffer()),
      });
      const hasBody = request.method !== "HEAD" && ![204, 304].includes(answer.statusCode);
      return new Response(hasBody ? new Uint8Array(answer.rawPayload) : null, {
        status: answer.statusCode,
        headers: answer.headers as Record<string, string>,
      });
    },
    reset: async () => {
      await steer("deleteState", undefined);
    },
    deliverEvent: async (event) => {
      const { body } = await steer("sendEvent", event);
      const [id] = (body as { deliveries: [number] }).deliveries;
      return id;
    },
    idle: queue.idle,
    close: async () => {
      await app.close();
      await queue.close();
      await outbox.close();
      database.close();
    },
  };
}

function allowListOf(allowTargets: string[]): AllowList {
  try {
    return createAllowList(allowTargets);
  } catch (error) {
    throw new OptionError(`allowTargets: ${(error as Error).message}`);
  }
}

function senderProfileOf({ sender = "patient", retryPausesMs }: MockOptions): SenderProfile {
  const profile = findSenderProfile(sender);
  if (!profile) throw new OptionError(`sender must be one of ${senderNames.join(", ")}.`);
  return retryPausesMs ? { ...profile, pauses: fixedPauses(retryPausesMs) } : profile;
}

function demandCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new OptionError(`${name} must be a whole number from ${least}.`);
  }
}
