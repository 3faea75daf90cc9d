import { type CallbackListener, toNodeHandler } from "@thingspace-callbacks/listener";
import { inboxStoreCases } from "@thingspace-callbacks/listener/conformance";
import { createMemoryInboxStore } from "@thingspace-callbacks/listener/inbox";
import { toLambdaHandler } from "@thingspace-callbacks/listener/lambda";
import { createPostgresInboxStore } from "@thingspace-callbacks/listener/postgres";
import { createRecorder } from "@thingspace-callbacks/listener/record";
import { createRedisSeenStore } from "@thingspace-callbacks/listener/redis";
import { createSqliteInboxStore } from "@thingspace-callbacks/listener/sqlite";
import { createTestCallback } from "@thingspace-callbacks/listener/testing";

export const handlerOf = (listener: CallbackListener): unknown => toNodeHandler(listener);
export const callback: Request = createTestCallback({ api: "v2" });
export const others: unknown[] = [
  inboxStoreCases,
  createMemoryInboxStore,
  toLambdaHandler,
  createPostgresInboxStore,
  createRecorder,
  createRedisSeenStore,
  createSqliteInboxStore,
];
