/**
 * A seen store in Redis, over a client of `ioredis` or `redis` that you create.
 *
 * @module
 */
export {
  createRedisSeenStore,
  type IoredisClient,
  type NodeRedisClient,
  type RedisSeenStoreOptions,
} from "./redis/seen-store.ts";
