import { type AddressInfo, isIPv6 } from "node:net";
import { isLoopbackHost } from "@thingspace-callbacks/contract";
import type { FastifyInstance } from "fastify";
import pLimit from "p-limit";
import { readConfig } from "./config.ts";
import { createControlHandlers } from "./control/handlers.ts";
import type { PreparedState } from "./control/load-state.ts";
import { createOutbox } from "./deliveries/outbox.ts";
import { createAllowList } from "./deliveries/target/allow-list.ts";
import { createAuthHandlers } from "./engine/auth-handlers.ts";
import { createCallbackHandlers } from "./engine/callback-handlers.ts";
import { createEngine } from "./engine/engine.ts";
import { createAccess } from "./http/access.ts";
import { createApp } from "./http/app.ts";
import { createFetch } from "./http/fetch.ts";
import { createLog } from "./http/log.ts";
import { findReachableAddress } from "./http/reachable-address.ts";
import { createRecorder } from "./http/record.ts";
import { type CallControl, createMockSpace, type MockSpace } from "./mock-space.ts";
import type { Handlers } from "./operations/handler.ts";
import { routes } from "./operations/routes.ts";
import { type MockOptions, OptionError } from "./options.ts";
import { isPostgres } from "./postgres/connection.ts";
import { runAll } from "./run-all.ts";
import { readSeed } from "./seed.ts";
import { readSettings } from "./settings.ts";
import { createLocalStores } from "./spaces/local-stores.ts";
import { defaultName, type SpaceContext, type SpaceStores } from "./spaces/space.ts";
import { createSpaces } from "./spaces/spaces.ts";

/** A mock. Its own methods are about the default space. */
export interface Mock extends MockSpace {
  /**
   * Starts listening.
   *
   * @param address `port` 0 takes any free one.
   * @returns the origin, such as `http://127.0.0.1:4010`.
   * @throws the system's error when the address cannot be had, such as `EADDRINUSE`; {@link OptionError} when the address
   * is beyond loopback and there is no control token.
   */
  listen(address: { host: string; port: number }): Promise<string>;
  /**
   * Returns the methods for a space, in which registrations, deliveries, faults, the journal and the clock are separate.
   *
   * @throws when the name is not 1 to 63 letters, digits, hyphens and underscores.
   * @example
   * const run = mock.space("run-7");
   * const thingspace = createThingSpaceClient({ environment: "mock", credentials, fetch: run.fetch });
   */
  space(name: string): MockSpace;
  /**
   * Stops: requests under way are answered, deliveries that are pending stay so in the store. A client that does not read
   * its response is disconnected after a few seconds, and each other one after 30 seconds.
   */
  close(): Promise<void>;
}

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
  const settings = readSettings(options);
  const { control, controlToken, allowTargets, profile } = settings;
  const config = settings.config === undefined ? undefined : readConfig(settings.config, settings.auth);
  const isStrict = settings.auth === "strict";
  const log = await createLog(settings.logLevel);
  const outbox = createOutbox({ allowTargets, timeoutMs: profile.timeoutMs });
  const allowsTarget = createAllowList(allowTargets);
  const rules = { allowsTarget, isStrict };
  const seed: PreparedState =
    settings.seed === undefined ? { registrations: [] } : readSeed(settings.seed, rules);
  const configured = {
    applications: seed.applications ?? config?.applications ?? [],
    users: seed.users ?? config?.users ?? [],
  };
  if (isStrict && (configured.applications.length === 0 || configured.users.length === 0)) {
    throw new OptionError("auth", "strict needs applications and users, in a config file or in a seed.");
  }
  // Loaded only when asked for, as it measures the process from then on.
  const metrics = settings.metrics
    ? (await import("./metrics/metrics.ts")).createMetrics(() => spaces.list())
    : undefined;
  let app: FastifyInstance | undefined;
  const context: SpaceContext = {
    outbox,
    profile,
    limit: pLimit(settings.maxOutgoing),
    keepDeliveries: settings.keepDeliveries,
    configured,
    // The store may fail before there is a server.
    onError: (error) => app?.log.error(error),
    onAttempt: (delivery, attempt, outcome) => {
      const { id, account } = delivery;
      const { status, error, durationMs } = attempt;
      metrics?.countAttempt(delivery, attempt, outcome);
      log.write({ operation: "deliver", account, status, ms: durationMs, delivery: id, error });
    },
  };
  const openSpaces = (stores: SpaceStores) =>
    createSpaces(stores, context, { configured: config?.spaces, seed });
  // Nothing after the store can be refused, so that nothing is left open.
  const shared = isPostgres(settings.store)
    ? await (await import("./postgres/instance.ts")).createInstance({
        connection: settings.store,
        openSpaces,
        onError: context.onError,
        onSlow: (query) => app?.log.warn(query, "A query of the store was slow"),
        tls: settings.tls,
      })
    : undefined;
  const spaces = shared?.spaces ?? openSpaces(createLocalStores(settings.store));

  const emulated: Handlers = {
    ...createCallbackHandlers({ listsCredentials: settings.listCredentials }),
    ...createAuthHandlers(isStrict),
  };
  const handlers: Handlers = {
    ...emulated,
    ...createControlHandlers({ rules, spaces, seed, emulated }),
  };
  const created = createEngine({ engine: settings.engine, handlers, allowsTarget });
  const engine = shared?.withCommit(created) ?? created;
  app = await createApp({
    ...settings,
    log,
    decideAccess: createAccess({ ...settings, isStrict }),
    spaces,
    shared,
    engine,
    metrics,
    record: createRecorder({ log, metrics }),
  });

  const answers = new Map<string, ReturnType<typeof engine>>();
  const callControl: CallControl = async (space, operationId, { path = {}, query = {}, body }) => {
    const route = routes.find(
      ({ api, operation }) => api === "control" && operation.operationId === operationId,
    );
    if (!route) throw new Error(`There is no control operation ${operationId}`);
    const answer = answers.get(operationId) ?? engine(route);
    answers.set(operationId, answer);
    return answer({ path, query, body: { value: body }, prefer: undefined, caller: {}, space });
  };
  const parts = { fetch: createFetch(app), callControl };

  return {
    listen: async ({ host, port }) => {
      const isLoopback = isLoopbackHost(host);
      if (control && !isLoopback && controlToken === undefined) {
        throw new OptionError(
          "controlToken",
          `is needed to listen on ${host}, because others reach the control operations there. Choose one, or switch the operations off with --no-control (in code, control: false).`,
        );
      }
      outbox.restrict(!isLoopback);
      // As many connections as come in a burst; the usual backlog is 511.
      await app.listen({ host, port, backlog: 4_096 });
      const { address, port: taken } = app.server.address() as AddressInfo;
      const toUrl = (host: string) =>
        `http${settings.tls ? "s" : ""}://${isIPv6(host) ? `[${host}]` : host}:${taken}`;
      if (shared) await shared.start(toUrl(findReachableAddress(address)));
      else spaces.default.queue.resume();
      return toUrl(address);
    },
    ...createMockSpace(() => spaces.get(defaultName), parts),
    fetch: parts.fetch,
    space: (name) => {
      spaces.get(name);
      return createMockSpace(() => spaces.get(name), parts);
    },
    close: async () => {
      spaces.endWaits();
      await runAll([() => app.close(), () => (shared ?? spaces).close(), () => outbox.close()]);
    },
  };
}
