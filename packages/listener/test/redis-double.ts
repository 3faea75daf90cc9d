import type { IoredisClient, NodeRedisClient } from "../src/redis.ts";

/** Creates clients that respond to the commands of the seen store as Redis does, from memory. */
export function createRedisDouble(): { ioredis: IoredisClient; nodeRedis: NodeRedisClient } {
  const entries = new Map<string, { value: string; endsAt: number }>();
  const get = (key: string) => {
    const entry = entries.get(key);
    if (entry && entry.endsAt > Date.now()) return entry.value;
    entries.delete(key);
    return null;
  };

  async function run(command: string, key: string, ...values: string[]): Promise<unknown> {
    if (command === "GET") return get(key);
    if (command === "DEL") return entries.delete(key) ? 1 : 0;
    const [value = "", ...flags] = values;
    if (command !== "SET" || flags.at(-2) !== "PX") throw new Error(`ERR syntax error: ${command} ${flags}`);
    if (flags[0] === "NX" && get(key) !== null) return null;
    entries.set(key, { value, endsAt: Date.now() + Number(flags.at(-1)) });
    return "OK";
  }

  return {
    ioredis: { call: (command, key = "", ...values) => run(command, key, ...values) },
    nodeRedis: { sendCommand: ([command = "", key = "", ...values]) => run(command, key, ...values) },
  };
}
