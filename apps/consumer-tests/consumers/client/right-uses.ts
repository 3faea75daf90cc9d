import {
  type AuthOperations,
  type CallOptions,
  type ClientOptions,
  type Credentials,
  createThingSpaceClient,
  type LegacyOperations,
  type Result,
  type ThingSpaceClient,
  type V1Operations,
  type V2Operations,
} from "@thingspace-callbacks/client";

declare const account: string;
declare const url: string;

const credentials: Credentials = { accessToken: "any", sessionToken: "any" };
const options: ClientOptions = { environment: "mock", origin: "http://127.0.0.1:4010", credentials, fetch };
const thingspace: ThingSpaceClient = createThingSpaceClient(options);
createThingSpaceClient();

// The data and the error have the type that the document gives that status.
const listed = await thingspace.v1.listRegisteredCallbacks(account);
if (listed.ok && listed.status === 200) {
  for (const callback of listed.data) callback.url satisfies string | undefined;
}
const registered = await thingspace.v2.registerCallback(account, { url });
if (registered.status === 400) registered.error.errorMessage satisfies string;
else if (registered.status === 401) registered.error.fault.message satisfies string;
else if (!registered.ok) registered.error satisfies unknown;
registered.response satisfies Response;

const callOptions: CallOptions = { signal: AbortSignal.timeout(1000), headers: { "X-Request-Id": "1" } };
await thingspace.legacy.getCallbacksUsingGet(account, callOptions);
await thingspace.v2.deregisterCallback(account);

const { auth, legacy, v1, v2 } = thingspace;
auth satisfies AuthOperations;
legacy satisfies LegacyOperations;
v1 satisfies V1Operations;
v2 satisfies V2Operations;
type Documented = { responses: { 200: { content: { "application/json": { url: string } } } } };
declare const result: Result<Documented>;
if (result.status === 200) result.data.url satisfies string;
