// Checked by `tsc`, never run: what compiles, and that each wrong use is an error, on a line of its own.
import type { operations as Auth } from "../src/generated/auth.ts";
import type { operations as Legacy } from "../src/generated/legacy.ts";
import type { operations as V1 } from "../src/generated/v1.ts";
import type { operations as V2 } from "../src/generated/v2.ts";
import { createThingSpaceClient as createWithHttp } from "../src/http.ts";
import {
  type CallOptions,
  type ClientOptions,
  type Credentials,
  createThingSpaceClient,
  createV2Client,
  isThingSpaceApiError,
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
  isThingSpaceTimeoutError,
  type ThingSpaceClient,
  type TokenStore,
  unwrap,
} from "../src/index.ts";

type Equal<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? true
    : { missing: Exclude<B, A> }
  : { extra: Exclude<A, B> };

// Every operationId of the documents is exposed, and nothing else. What the service sends is not an operation to call.
type Sent = "receiveFotaV1Message" | "receiveFotaV2Message";
export const everyOperation: [
  Equal<keyof ThingSpaceClient["v1"], Exclude<keyof V1, Sent>>,
  Equal<keyof ThingSpaceClient["v2"], Exclude<keyof V2, Sent>>,
  Equal<keyof ThingSpaceClient["legacy"], Exclude<keyof Legacy, Sent>>,
  Equal<keyof ThingSpaceClient["auth"], keyof Auth>,
] = [true, true, true, true];

export const optionForms: ClientOptions[] = [
  {},
  { credentials: { key: "k", secret: "s", username: "u", password: "p" }, environment: "production" },
  { credentials: { accessToken: "a", sessionToken: async () => "s" }, environment: "mock" },
  { credentials: { key: "k", secret: "s", sessionToken: () => "s" }, origin: "http://127.0.0.1:4010" },
  { credentials: { accessToken: "a", username: "u", password: "p" }, allowHttp: true },
  { fetch: globalThis.fetch, timeoutMs: 5_000, retries: 0, tokenStore: new Map() },
  { fetch: async (url, init) => Response.json({ url, init }) },
  {
    onRequest: ({ headers }) => headers["x"],
    onResponse: ({ status }) => status + 1,
    onRetry: async ({ delayMs }) => delayMs,
  },
  { credentials: undefined, environment: undefined, onRetry: undefined },
];
// @ts-expect-error there is no such environment
export const wrongEnvironment: ClientOptions = { environment: "staging" };
// @ts-expect-error the option is called timeoutMs
export const misspeltOption: ClientOptions = { timeout: 5_000 };
// @ts-expect-error a password belongs to a username
export const halfLogin: Credentials = { key: "k", secret: "s", password: "p" };
// @ts-expect-error the access token comes from one place
export const twoAccessTokens: Credentials = { key: "k", secret: "s", accessToken: "a", sessionToken: "s" };
// @ts-expect-error there is no way to a session token
export const noSession: Credentials = { key: "k", secret: "s" };
// @ts-expect-error a function gives a string
export const wrongGiver: Credentials = { accessToken: () => 5, sessionToken: "s" };
// @ts-expect-error both functions are needed
export const halfStore: TokenStore = { get: () => undefined };

const thingspace = createThingSpaceClient();
const plain = createWithHttp();
const onlyV2 = createV2Client();
const account = "0242078689-00001";
const options = { signal: new AbortController().signal, timeoutMs: 5_000, headers: { "X-Trace": "1" } };

export async function results() {
  const result = await thingspace.v2.registerCallback(account, { url: "https://example.com/fota" }, options);
  if (result.ok) {
    const url: string | undefined = result.data.url;
    const noError: undefined = result.error;
    return url ?? noError;
  }
  const noData: undefined = result.data;
  const failure: { code: string | undefined; message: string } = result;
  const { text, call, response, status } = result;
  const facts: [string, string, number, Response, number] = [
    text,
    call.operation,
    call.attempts,
    response,
    status,
  ];
  if (result.status === 400) {
    const code: string | undefined = result.error.errorCode;
    console.error(code, result.error.errorMessage);
    // @ts-expect-error a gateway sends 400 as well, without errorCode
    const certain: string = result.error.errorCode;
    // @ts-expect-error that is another status's
    result.error.fault;
    return certain;
  }
  if (result.status === 401) {
    const code: string | undefined = result.error.fault?.code;
    // @ts-expect-error a proxy's page has no fault
    result.error.fault.code;
    return code;
  }
  if (result.status === 503) {
    const unknown: unknown = result.error;
    // @ts-expect-error no form is documented for this status
    result.error.errorCode;
    return unknown;
  }
  // @ts-expect-error there is no such status
  if (result.status === 999) return undefined;
  return { facts, noData, failure };
}

export async function destructured() {
  const { ok, data, error, code, message } = await thingspace.v1.listRegisteredCallbacks(account);
  // @ts-expect-error there may be no data
  data.length;
  if (ok) return data.map(({ url }) => url);
  return { error, code, message };
}

export async function data() {
  const listed = unwrap(await thingspace.v1.listRegisteredCallbacks(account));
  const names: (string | undefined)[] = listed.map(({ aname }) => aname);
  // @ts-expect-error V1 lists an array
  listed.url;
  const summary = unwrap(await thingspace.v2.listRegisteredCallbacks(account, options));
  // @ts-expect-error V2 has no name
  summary.name;
  const { aname } = unwrap(await thingspace.legacy.getCallbacksUsingGet(account));
  const { success } = unwrap(await thingspace.v2.deregisterCallback(account));
  // A 2xx is a success whatever its body.
  const isRemoved: boolean | undefined = success;
  const { access_token = "" } = unwrap(
    await thingspace.auth.requestToken({ grant_type: "client_credentials" }),
  );
  const nothing: undefined = unwrap(
    await thingspace.auth.revokeToken({ grant_type: "client_credentials", token: access_token }),
  );
  return { names, summary, aname, isRemoved, nothing };
}

export function wrongCalls() {
  // @ts-expect-error the member is called url
  thingspace.v2.registerCallback(account, { uri: "https://example.com" });
  // @ts-expect-error V1 needs a name
  thingspace.v1.registerCallback(account, { url: "https://example.com" });
  // @ts-expect-error there is one service
  thingspace.v1.registerCallback(account, { name: "Foto", url: "https://example.com" });
  // @ts-expect-error the service is missing
  thingspace.v1.deregisterCallback(account);
  // @ts-expect-error there is one service
  thingspace.v1.deregisterCallback(account, "Foto");
  // @ts-expect-error an account is text: leading zeros count
  thingspace.v2.listRegisteredCallbacks(242078689);
  // @ts-expect-error the option is called timeoutMs
  thingspace.v2.listRegisteredCallbacks(account, { timeout: 5 });
  // @ts-expect-error V1 has no update
  thingspace.v1.updateCallback(account, { url: "https://example.com" });
  // @ts-expect-error no document is called v0
  thingspace.v0;
  // @ts-expect-error this client has V2 only
  onlyV2.v1;
  // @ts-expect-error and no view over the generations
  onlyV2.registrations;
  // @ts-expect-error the plain clients come from the other entry
  thingspace.http;
  // @ts-expect-error the path is not in the document
  plain.http.v1.GET("/callback/{account}", { params: { path: { account } } });
  // @ts-expect-error a result is unwrapped, not a promise
  unwrap(thingspace.v2.listRegisteredCallbacks(account));
  // @ts-expect-error credentials are complete
  thingspace.authenticate({ username: "u", password: "p" });
}

export async function registrations() {
  const [first] = await thingspace.registrations.list(account, options);
  const api: "v1" | "v2" | "v3" | "legacy" | undefined = first?.api;
  const { ok, steps } = await thingspace.registrations.move({ account, from: "v2", to: "v1", password: "p" });
  const names: ("find" | "register" | "remove" | "check" | "undo")[] = steps.map(({ step }) => step);
  // @ts-expect-error V1 and legacy are one registration
  thingspace.registrations.move({ account, from: "v1", to: "legacy" });
  // @ts-expect-error V2 has no password
  thingspace.registrations.move({ account, from: "v1", to: "v2", password: "p" });
  return { api, ok, names };
}

export const ofOneGeneration = [
  onlyV2.v2.updateCallback,
  onlyV2.auth.logOut,
  onlyV2.authenticate,
  onlyV2.close,
];
export const headersForms: CallOptions[] = [{ headers: { "X-Trace": "t" } }, { headers: new Headers() }];

export async function plainCall(): Promise<string | undefined> {
  const { data, error } = await plain.http.v2.GET("/callbacks/{account}", {
    params: { path: { account } },
  });
  return data ? data.url : "errorCode" in error ? error.errorCode : error.fault.code;
}

export function guards(error: unknown): string | number | undefined {
  if (isThingSpaceApiError(error)) return error.requestId ?? error.code ?? error.status;
  if (isThingSpaceCredentialsError(error)) return error.status;
  if (isThingSpaceNetworkError(error)) return error.code;
  if (isThingSpaceTimeoutError(error)) return error.timeoutMs;
  // @ts-expect-error nothing is known of other errors
  return error.status;
}
