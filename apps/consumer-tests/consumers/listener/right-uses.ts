import {
  type AddressOptions,
  type Api,
  type CallbackListener,
  type CallbackRequest,
  type ClaimResult,
  createCallbackListener,
  createMemorySeenStore,
  type Failure,
  type FotaV1CallbackMessage,
  type Handler,
  type ListenerOptions,
  type Messages,
  type NodeRequest,
  type NodeResponse,
  publishedAddresses,
  type SeenStore,
  toNodeHandler,
  type Verification,
  type VerifyFunction,
} from "@thingspace-callbacks/listener";
import { createTestCallback, type TestCallback } from "@thingspace-callbacks/listener/testing";

declare const password: string;

const listener: CallbackListener = createCallbackListener({
  api: "v1",
  verify: { username: "me", password },
  on: {
    // What the document has is typed; the rest is kept, and unknown.
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
  seen: createMemorySeenStore({ maxEntries: 1 }),
  onError: (error: unknown, { status, request }: Failure) => [error, status, request.url],
  allowedAddresses: publishedAddresses.addresses,
  clientAddress: ({ remoteAddress }) => remoteAddress,
});
listener(new Request("http://localhost/")) satisfies Promise<Response>;
toNodeHandler(listener) satisfies (request: NodeRequest, response: NodeResponse) => Promise<void>;

const verify: VerifyFunction = async (message, { headers }: CallbackRequest) => {
  return message !== null && headers.get("X-Key") === password;
};
const verifications: Verification<Api>[] = [verify, { pathSecret: password }, { insecure: true }];
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
createCallbackListener({ ...options, seen: store });

const callback: TestCallback<"legacy"> = { api: "legacy", type: "somethingNew", message: { more: 1 } };
createTestCallback(callback) satisfies Request;
