import {
  type AuthOperations,
  type CallOptions,
  type ClientOptions,
  type Credentials,
  createThingSpaceClient,
  type Fetch,
  isThingSpaceApiError,
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
  isThingSpaceTimeoutError,
  type LegacyOperations,
  type Move,
  type Registration,
  type Result,
  type ThingSpaceClient,
  type TokenStore,
  unwrap,
  type V1Operations,
  type V2Error,
  type V2Operations,
  type V2RegisterCallbackData,
  type V2RegisterCallbackRequest,
  type V2RegisterCallbackResult,
} from "@thingspace-callbacks/client";
import { createThingSpaceClient as createWithHttp } from "@thingspace-callbacks/client/http";

declare const account: string;
declare const url: string;
declare const secrets: { key: string; secret: string; username: string; password: string };

const credentials: Credentials = { accessToken: async () => "any", sessionToken: "any" };
const tokenStore: TokenStore = new Map();
const options: ClientOptions = {
  environment: "mock",
  origin: "http://127.0.0.1:4010",
  credentials,
  tokenStore,
  fetch,
  onRetry: ({ delayMs }) => delayMs satisfies number,
};
const thingspace: ThingSpaceClient = createThingSpaceClient(options);
createThingSpaceClient();
createThingSpaceClient({ credentials: secrets, onRequest: undefined });
thingspace.authenticate(secrets);

// The data and the error have the type that the document gives that status.
const registered = await thingspace.v2.registerCallback(account, { url });
if (registered.ok) registered.data.url satisfies string | undefined;
else if (registered.status === 400) registered.error.errorMessage satisfies string | undefined;
else if (registered.status === 401) registered.error.fault?.message satisfies string | undefined;
else registered.error satisfies unknown;
registered.response satisfies Response;
for (const callback of unwrap(await thingspace.v1.listRegisteredCallbacks(account))) {
  callback.url satisfies string | undefined;
}

const callOptions: CallOptions = { signal: AbortSignal.timeout(1000), headers: { "X-Request-Id": "1" } };
await thingspace.legacy.getCallbacksUsingGet(account, callOptions);
await thingspace.v2.deregisterCallback(account);

const move: Move = { account, from: "v1", to: "v2" };
(await thingspace.registrations.move(move)).ok satisfies boolean;
(await thingspace.registrations.list(account)) satisfies Registration[];
await createWithHttp().http.v2.GET("/callbacks/{account}", { params: { path: { account } } });
thingspace.close() satisfies Promise<void>;

const explain = (error: unknown): string | number | undefined => {
  if (isThingSpaceApiError(error)) return error.status;
  if (isThingSpaceTimeoutError(error)) return error.timeoutMs;
  if (isThingSpaceNetworkError(error) || isThingSpaceCredentialsError(error)) return error.message;
  return undefined;
};
explain(new Error());

const { auth, legacy, v1, v2 } = thingspace;
auth satisfies AuthOperations;
legacy satisfies LegacyOperations;
v1 satisfies V1Operations;
v2 satisfies V2Operations;
type Documented = Result<{ url: string }, { 400: V2Error }>;
declare const result: Documented;
if (result.status === 200) result.data.url satisfies string;

// Every member can be destructured; code and message of a failure have one place.
const { ok, data, error, code, message } = await thingspace.v2.listRegisteredCallbacks(account);
if (ok) data.url satisfies string | undefined;
else [code satisfies string | undefined, message satisfies string, error satisfies unknown];

// Bodies and results have names.
const request: V2RegisterCallbackRequest = { url };
const named: V2RegisterCallbackResult = await thingspace.v2.registerCallback(account, request);
if (named.ok) named.data satisfies V2RegisterCallbackData;
const send: Fetch = async (to, init) => fetch(to, init);
createThingSpaceClient({ fetch: send });
