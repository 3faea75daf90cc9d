import type { IncomingHttpHeaders } from "node:http";
import { findMember, getLimit, getOperation, getSuccess } from "@thingspace-callbacks/contract";
import type { ConfiguredSpace } from "../config.ts";
import { loadState, type PreparedState } from "../control/load-state.ts";
import { readBasic } from "../http/basic-credentials.ts";
import { createUndocumentedRefusal } from "../operations/refusal.ts";
import { createSpace, defaultName, type Space, type SpaceContext, type SpaceStores } from "./space.ts";

/** A space, and when a request was last about it. */
export interface SpaceInUse {
  space: Space;
  usedAt: number;
}

/** The spaces of a mock. */
export interface Spaces {
  /** The space of requests that choose none. */
  default: Space;
  /** False while the spaces cannot be used, because their store is away or another instance has them. */
  isOpen(): boolean;
  /**
   * Returns the space that a request is about, and creates it if need be. Calls `admit` before it creates one: what that
   * throws prevents it.
   *
   * @throws {Refusal} 400 for a name that is no name, and for a space too many
   */
  choose(headers: IncomingHttpHeaders, account: string | undefined, admit: () => void): Space;
  /** Returns the space of this name, and creates it if need be. @throws {Refusal} as `choose` does */
  get(name: string): Space;
  list(): SpaceInUse[];
  /** Forgets a space and all that is in it. @returns whether there was one */
  drop(name: string): boolean;
  /** Forgets the spaces that nobody has used for a day. */
  dropUnused(now: number): void;
  /** Ends long polls and streams, which would keep the server from stopping. */
  endWaits(): void;
  close(): Promise<void>;
}

const nameSchema = getOperation("control", "deleteSpace").parameters.find(
  ({ name }) => name === "name",
)?.schema;
const namePattern = new RegExp(nameSchema?.pattern ?? "");
const listed = getSuccess(getOperation("control", "listSpaces")).response.body?.schema ?? {};
const maxSpaces = getLimit(findMember(listed, "spaces"), "maxItems");
const unusedMs = 24 * 60 * 60 * 1000;
const lookMs = 60 * 60 * 1000;

/** How spaces are chosen, and from what they start. */
export interface SpacesOptions {
  configured?: ConfiguredSpace[] | undefined;
  seed?: PreparedState;
}

/** Creates the spaces of a mock. */
export function createSpaces(
  stores: SpaceStores,
  context: SpaceContext,
  { configured = [], seed = { registrations: [] } }: SpacesOptions = {},
): Spaces {
  const hasSeed = seed.registrations.length > 0 || seed.faults || seed.clock;
  const create = (name: string): SpaceInUse => {
    const store = stores.open(name);
    const space = createSpace(name, store, context);
    // The state of a store is newer than the seed.
    const isKept = store.isKept || space.registrations.all().length > 0;
    if (hasSeed && !isKept) loadState(space, seed);
    return { space, usedAt: Date.now() };
  };
  const main = create(defaultName);
  const others = new Map<string, SpaceInUse>();
  const closing = new Set<Promise<void>>();
  const nameOfKey = new Map(configured.flatMap(({ name, keys = [] }) => keys.map((key) => [key, name])));
  const prefixes = configured.flatMap(({ name, accountPrefixes = [] }) =>
    accountPrefixes.map((prefix) => ({ prefix, name })),
  );

  const use = (found: SpaceInUse): Space => {
    found.usedAt = Date.now();
    return found.space;
  };
  const get = (name: string, admit = () => {}): Space => {
    const known = name === defaultName ? main : others.get(name);
    if (known) return use(known);
    admit();
    demandCreatable(name, list().length);
    const created = create(name);
    others.set(name, created);
    return created.space;
  };

  /** Returns the name that the credentials stand for: the configured one of a key, or that of the space of a token. */
  const findNameOfCredentials = (authorization: string | undefined): string | undefined => {
    if (authorization === undefined) return undefined;
    if (authorization.startsWith("Basic ")) {
      return readBasic(authorization)
        .map(({ key }) => nameOfKey.get(key))
        .find((name) => name !== undefined);
    }
    const dot = authorization.indexOf(".");
    const name = dot > 7 ? authorization.slice(7, dot) : "";
    return others.has(name) ? name : undefined;
  };
  const findNameOfAccount = (account: string | undefined) =>
    account === undefined ? undefined : prefixes.find(({ prefix }) => account.startsWith(prefix))?.name;

  const drop = (name: string): boolean => {
    const found = others.get(name);
    if (!found) return false;
    others.delete(name);
    found.space.events.close();
    const closed = found.space
      .close()
      .catch(context.onError)
      .finally(() => closing.delete(closed));
    stores.forget(name);
    closing.add(closed);
    return true;
  };
  const dropUnused = (now: number) => {
    for (const [name, { usedAt, space }] of others) {
      if (now - usedAt >= unusedMs && space.stream.countReaders() === 0) drop(name);
    }
  };
  const looking = setInterval(() => dropUnused(Date.now()), lookMs).unref();
  const list = () => [main, ...others.values()];

  for (const name of stores.kept) if (name !== defaultName) others.set(name, create(name));

  return {
    default: main.space,
    isOpen: () => true,
    choose: (headers, account, admit) => {
      const name = headers["x-mock-space"];
      if (name !== undefined) return get(String(name), admit);
      if (others.size === 0 && configured.length === 0) return use(main);
      const found = findNameOfCredentials(headers.authorization) ?? findNameOfAccount(account);
      return get(found ?? defaultName, admit);
    },
    get: (name) => get(name),
    list,
    drop,
    dropUnused,
    endWaits: () => {
      for (const { space } of list()) space.events.close();
    },
    close: async () => {
      clearInterval(looking);
      await Promise.all([...closing, ...list().map(({ space }) => space.close())]);
    },
  };
}

function demandCreatable(name: string, count: number): void {
  if (!namePattern.test(name)) {
    throw createUndocumentedRefusal(400, `X-Mock-Space: must be ${nameSchema?.["x-rule"]}.`);
  }
  if (count >= maxSpaces) {
    const rule = `there are ${maxSpaces} spaces already; delete one`;
    throw createUndocumentedRefusal(400, `X-Mock-Space: ${rule}.`);
  }
}
