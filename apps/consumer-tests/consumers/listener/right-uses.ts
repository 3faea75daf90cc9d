import {
  type AddressOptions,
  type Api,
  type CallbackListener,
  type CallbackRequest,
  type ClaimResult,
  createCallbackListener,
  createMemorySeenStore,
  type Failure,
  type FailureCode,
  type FotaV1CallbackMessage,
  type Handler,
  type ListenerOptions,
  type Messages,
  type NodeRequest,
  type NodeResponse,
  OptionError,
  publishedAddresses,
  type SeenOptions,
  type SeenStore,
  toNodeHandler,
  type Verification,
  type VerifyFunction,
} from "@thingspace-callbacks/listener";
import { inboxStoreCases, seenStoreCases } from "@thingspace-callbacks/listener/conformance";
import {
  createInbox,
  createMemoryInboxStore,
  type Inbox,
  type InboxEvent,
  type InboxStore,
} from "@thingspace-callbacks/listener/inbox";
import { type LambdaEvent, type LambdaResult, toLambdaHandler } from "@thingspace-callbacks/listener/lambda";
import { createPostgresInboxStore, type PostgresPool } from "@thingspace-callbacks/listener/postgres";
import { createRecorder, type News } from "@thingspace-callbacks/listener/record";
import { createRedisSeenStore, type IoredisClient } from "@thingspace-callbacks/listener/redis";
import { createSqliteInboxStore, createSqliteSeenStore } from "@thingspace-callbacks/listener/sqlite";
import { createTestCallback, type TestCallback } from "@thingspace-callbacks/listener/testing";

declare const password: string;

const listener: CallbackListener = createCallbackListener({
  api: "v1",
  verify: { username: "me", password },
  on: {
    // Documented members are typed; all others are kept, and unknown.
    upgradeScheduled: async (message) => {
      message.type satisfies "upgradeScheduled";
      message.upgradeScheduled?.upgradeId satisfies string | undefined;
      message["more"] satisfies unknown;
    },
    firmwareList: ({ firmwareList = [] }) =>
      firmwareList.map(({ model }) => model satisfies string | undefined),
    other: (message, request) => {
      message satisfies FotaV1CallbackMessage;
      request.body satisfies Uint8Array;
    },
  },
  strict: true,
  probe: true,
  seen: {
    store: createMemorySeenStore({ maxEntries: 1 }),
    key: (message, request) => `${message.upgradeScheduled?.upgradeId} ${request.headers.get("X-Delivery")}`,
  },
  onError: (error: unknown, { code, status, request }: Failure) => {
    code satisfies FailureCode;
    return [error, code === "NOT_VERIFIED", status, request.url];
  },
  allowedAddresses: publishedAddresses.addresses,
  clientAddress: ({ remoteAddress }) => remoteAddress,
});
listener(new Request("http://localhost/")) satisfies Promise<Response>;
// Workers, Bun and Next.js pass more than the request.
listener satisfies (request: Request, environment: { SECRET: string }, context: object) => Promise<Response>;
toNodeHandler(listener) satisfies (request: NodeRequest, response: NodeResponse) => Promise<void>;

const verify: VerifyFunction = async (message, { headers }: CallbackRequest) => {
  return message !== null && headers.get("X-Key") === password;
};
const verifications: Verification<Api>[] = [
  verify,
  { pathSecret: password },
  { pathSecret: [password, "the previous one"] },
  { insecure: true },
];
createCallbackListener({
  api: "legacy",
  verify: { username: "me", password: [password, "the previous one"] },
  on: { other: () => {} },
});
const addresses: AddressOptions = {};
const other: Handler<Messages["v2"]["other"]> = ({ id }) => id satisfies string | undefined;
const options: ListenerOptions<"v2"> = { api: "v2", verify, on: { other }, ...addresses };
createCallbackListener(options);
verifications satisfies unknown[];

const store: SeenStore = {
  claim: async (key): Promise<ClaimResult> => (key === "" ? "pending" : "claimed"),
  commit: () => {},
  release: async () => {},
};
const seen: SeenOptions = { store };
createCallbackListener({ ...options, seen });
try {
  createMemorySeenStore();
} catch (error) {
  if (error instanceof OptionError) error.option satisfies string;
}

const callback: TestCallback<"legacy"> = { api: "legacy", type: "somethingNew", message: { more: 1 } };
createTestCallback(callback) satisfies Request;

declare const pool: PostgresPool;
declare const client: IoredisClient;

const stores: InboxStore[] = [
  createMemoryInboxStore(),
  createSqliteInboxStore({ file: "inbox.sqlite", durability: "process" }),
  createPostgresInboxStore({ pool, table: "inbox" }),
];
const inbox: Inbox = createInbox({
  api: "v1",
  store: createMemoryInboxStore(),
  handlers: {
    upgradeFinished: async (message, { id, key, attempt, receivedAt, signal }) => {
      message.type satisfies "upgradeFinished";
      return [id satisfies string, key, attempt satisfies number, receivedAt.getTime(), signal.aborted];
    },
    other: ({ accountName }) => accountName satisfies string | undefined,
  },
  orderKey: ({ accountName = "" }) => accountName,
  retryPauseMs: (attempts) => attempts * 1_000,
  onEvent: ({ event }) => event satisfies InboxEvent["event"],
  onError: (error: unknown, { code, isLast }) => [error, code, isLast],
});
createCallbackListener({
  api: "v1",
  verify: { username: "me", password },
  on: { other: inbox.accept },
  onMessage: ({ type, account, status, durationMs, repeat }) => [type, account, status, durationMs, repeat],
});
inbox.list({ state: "dead" }).then((dead) => inbox.replay(dead.map(({ id }) => id)));
inbox.purge({ state: "handled", olderThanMs: 1 }) satisfies Promise<number>;
createCallbackListener({ ...options, seen: { store: createRedisSeenStore({ client }) } });
createCallbackListener({ ...options, seen: { store: createSqliteSeenStore({ file: "seen.sqlite" }) } });
toLambdaHandler(listener) satisfies (event: LambdaEvent) => Promise<LambdaResult>;
createRecorder({ api: "v2", write: () => {} })({}).then(({ news }) => news satisfies News[]);
for (const { run } of inboxStoreCases) run(async () => ({ store: stores[0] ?? createMemoryInboxStore() }));
for (const { run } of seenStoreCases) run(() => ({ store: createMemorySeenStore() }));
