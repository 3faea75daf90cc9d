import { createCallbackListener, createMemorySeenStore, toNodeHandler } from "@thingspace-callbacks/listener";
import { createInbox, createMemoryInboxStore } from "@thingspace-callbacks/listener/inbox";
import { createPostgresInboxStore } from "@thingspace-callbacks/listener/postgres";
import { createTestCallback } from "@thingspace-callbacks/listener/testing";

declare const password: string;
const verify = { username: "me", password };
const on = { other: () => {} };

// @ts-expect-error: nothing says how messages are verified.
createCallbackListener({ api: "v1", on });
// @ts-expect-error: there is no such API.
createCallbackListener({ api: "v3", verify, on });
// @ts-expect-error: an option is misspelt.
createCallbackListener({ api: "v1", verify, on, onErorr: () => {} });
// @ts-expect-error: there is no such type of message.
createCallbackListener({ api: "v1", verify, on: { upgradeSheduled: () => {} } });
// @ts-expect-error: V2 has no documented types.
createCallbackListener({ api: "v2", verify: () => true, on: { upgradeScheduled: () => {} } });
// @ts-expect-error: V2 brings back no username and password.
createCallbackListener({ api: "v2", verify, on });
// @ts-expect-error: the password is missing.
createCallbackListener({ api: "v1", verify: { username: "me" }, on });
// @ts-expect-error: the password may be missing.
createCallbackListener({ api: "v1", verify: { ...verify, password: undefined }, on });
// @ts-expect-error: insecure is said with true.
createCallbackListener({ api: "v1", verify: { insecure: false }, on });
// @ts-expect-error: what verify returns is no yes or no.
createCallbackListener({ api: "v1", verify: () => "yes", on });
// @ts-expect-error: addresses are of no use without the sender's.
createCallbackListener({ api: "v1", verify, on, allowedAddresses: ["192.0.2.1"] });
// @ts-expect-error: the list has a password that may be missing.
createCallbackListener({ api: "v1", verify: { username: "me", password: [password, undefined] }, on });
// @ts-expect-error: seen is an object with a store.
createCallbackListener({ api: "v1", verify, on, seen: createMemorySeenStore() });
// @ts-expect-error: a key is a string.
createCallbackListener({ api: "v1", verify, on, seen: { store: createMemorySeenStore(), key: () => 5 } });
createCallbackListener({
  api: "v1",
  verify,
  on: {
    // @ts-expect-error: the member may be missing.
    upgradeScheduled: (message) => message.upgradeScheduled.upgradeId,
    // @ts-expect-error: a member that is not documented is unknown.
    upgradeProgress: (message) => message["more"].length,
    // @ts-expect-error: the list has no such documented member.
    other: (message) => message.firmwareList?.[0]?.["size"].length,
  },
});
// @ts-expect-error: there is no such option of a store.
createMemorySeenStore({ size: 5 });
// @ts-expect-error: a listener takes a Request, not a path.
toNodeHandler((path: string) => path);
// @ts-expect-error: there is no such API.
createTestCallback({ api: "v99" });
// How Express types its handlers: those of errors accept anything first.
declare function post(
  path: string,
  handler: (error: never, request: object, response: object, next: () => void) => unknown,
): void;
// @ts-expect-error: Express needs toNodeHandler.
post("/callbacks", createCallbackListener({ api: "v1", verify, on }));

const store = createMemoryInboxStore();
// @ts-expect-error: nothing says where messages are kept.
createInbox({ api: "v1", handlers: on });
// @ts-expect-error: there is no such type of message.
createInbox({ api: "v1", store, handlers: { upgradeSheduled: () => {} } });
// @ts-expect-error: only messages that are done can be deleted.
createInbox({ api: "v1", store, handlers: on }).purge({ state: "waiting" });
// @ts-expect-error: a pool, not where the database is.
createPostgresInboxStore({ pool: "postgres://localhost" });
