import type { Engine } from "../engine/engine.ts";
import type { Shared } from "../http/app.ts";
import { createForward, forwardedHeader } from "../http/forward.ts";
import { runAll } from "../run-all.ts";
import type { SpaceStores } from "../spaces/space.ts";
import type { Spaces } from "../spaces/spaces.ts";
import { StoreAwayError } from "./away.ts";
import { withCommit } from "./commit.ts";
import { createSharedSpaces } from "./shared-spaces.ts";
import { joinStore } from "./shared-store.ts";
import type { SlowQuery } from "./slow-queries.ts";

/** An instance of a mock that shares its store with others. */
export interface Instance extends Shared {
  /** The spaces, as long as this instance is active. */
  spaces: Spaces;
  withCommit(engine: Engine): Engine;
  /** Lets other instances forward to this one, and sends what is pending. */
  start(url: string): Promise<void>;
  close(): Promise<void>;
}

/** Options for an instance. */
export interface InstanceOptions {
  /** Connection string of the database. */
  connection: string;
  openSpaces: (stores: SpaceStores) => Spaces;
  onError: (error: unknown) => void;
  /** Is told of queries that take long. */
  onSlow: (query: SlowQuery) => void;
  tls?: { cert: string } | undefined;
}

/**
 * Creates an instance on a store in Postgres.
 *
 * @throws {StoreError} when the store cannot be used
 */
export async function createInstance({
  connection,
  openSpaces,
  onError,
  onSlow,
  tls,
}: InstanceOptions): Promise<Instance> {
  const forward = createForward(tls);
  let active: Spaces | undefined;
  let isStarted = false;
  const resume = () => {
    if (!isStarted) return;
    for (const { space } of active?.list() ?? []) space.queue.resume();
  };
  const store = await joinStore({
    connection,
    onError,
    onSlow,
    onActive: (mirror) => {
      active = openSpaces(mirror);
      void forward.end();
      resume();
    },
    onInactive: async () => {
      const spaces = active;
      active = undefined;
      spaces?.endWaits();
      await spaces?.close();
    },
  });

  return {
    spaces: createSharedSpaces(() => active),
    withCommit,
    isReady: () => {
      const role = store.getRole();
      return role.kind === "active" || (role.kind === "standby" && role.url !== undefined);
    },
    handOn: (request, reply) => {
      if (active) return undefined;
      const role = store.getRole();
      const isForwarded = request.raw.headers[forwardedHeader] !== undefined;
      if (role.kind !== "standby" || role.url === undefined || isForwarded) {
        return Promise.reject(new StoreAwayError());
      }
      return forward(request, reply, role.url);
    },
    start: async (url) => {
      isStarted = true;
      await store.setUrl(url);
      resume();
    },
    close: () =>
      runAll([
        () => Promise.all((active?.list() ?? []).map(({ space }) => space.flush())),
        () => store.close(),
        () => forward.end(),
      ]),
  };
}
