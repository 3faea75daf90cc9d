import type { ClaimResult, SeenStore } from "../seen.ts";
import { createSeenSettings, type SeenStoreAges, seenOptions } from "../seen-ages.ts";
import { createInvalid, validateObject } from "../validate.ts";

/** The part of a client of the package `ioredis` that the store uses. */
export interface IoredisClient {
  call(command: string, ...values: string[]): Promise<unknown>;
}

/** The part of a client of the package `redis` that the store uses. */
export interface NodeRedisClient {
  sendCommand(command: string[]): Promise<unknown>;
}

/** Options for `createRedisSeenStore`. */
export interface RedisSeenStoreOptions extends SeenStoreAges {
  /** A connected client of `ioredis` or `redis`, which stays yours. */
  client: IoredisClient | NodeRedisClient;
  /** Prefix of the store's keys. @default "thingspace-seen:" */
  prefix?: string | undefined;
}

const options = { client: true, prefix: true, ...seenOptions } satisfies Record<
  keyof RedisSeenStoreOptions,
  true
>;

/**
 * Creates a seen store in Redis or Valkey, which several processes can share.
 *
 * @throws {OptionError} when an option is missing, unknown or has a wrong value.
 * @example
 * createCallbackListener({ ..., seen: { store: createRedisSeenStore({ client: new Redis() }) } });
 */
export function createRedisSeenStore(given: RedisSeenStoreOptions): SeenStore {
  const {
    client,
    prefix = "thingspace-seen:",
    ...ages
  } = validateObject(given, "options", Object.keys(options));
  if (typeof prefix !== "string") throw createInvalid("prefix", "a string");
  const { maxAgeMs, claimMs } = createSeenSettings(ages);
  const send = createSend(client);

  return { claim, commit, release };

  async function claim(key: string): Promise<ClaimResult> {
    const claimed = await send("SET", prefix + key, "pending", "NX", "PX", String(claimMs));
    if (claimed !== null) return "claimed";
    // Nothing is left if it was released just now: then the listener asks again.
    return String(await send("GET", prefix + key)) === "handled" ? "handled" : "pending";
  }

  async function commit(key: string): Promise<void> {
    await send("SET", prefix + key, "handled", "PX", String(maxAgeMs));
  }

  async function release(key: string): Promise<void> {
    await send("DEL", prefix + key);
  }
}

/** Returns a function that sends a command through either client. */
function createSend(client: unknown): (...command: string[]) => Promise<unknown> {
  const { call, sendCommand } = (client ?? {}) as Partial<IoredisClient & NodeRedisClient>;
  // ioredis also has a `sendCommand`, which takes something else.
  if (typeof call === "function") {
    return (...command) => (call as (...all: string[]) => Promise<unknown>).apply(client, command);
  }
  if (typeof sendCommand === "function") return (...command) => sendCommand.call(client, command);
  throw createInvalid("client", "a client of ioredis or redis");
}
