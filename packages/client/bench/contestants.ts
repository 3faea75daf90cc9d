import createClient from "openapi-fetch";
import { v1Table } from "../dist/generated/operations.js";
import { createThingSpaceClient } from "../dist/index.js";

/** One way to list and to register a V1 callback. */
export interface Contestant {
  name: string;
  list(): Promise<unknown>;
  register(): Promise<unknown>;
}

const account = "0242078689-00001";
const body = { name: "Fota", url: "https://example.com/fota" } as const;
const tokens = { Authorization: "Bearer the-access-token", "VZ-M2M-Token": "the-session-token" };

/** Bare fetch first, then what is measured beside it; all send the same requests and read the answer as JSON. */
export function contestantsAt(origin: string): [bare: Contestant, ...Contestant[]] {
  const baseUrl = new URL(new URL(v1Table.servers.mock).pathname, origin).href;
  const url = `${baseUrl}/callbacks/${account}`;
  const headers = { ...tokens, "Content-Type": "application/json" };

  const http = createClient<Record<string, never>>({ baseUrl }) as unknown as PlainClient;
  const params = { path: { account } };
  const path = "/callbacks/{account}";

  const thingspace = createThingSpaceClient({
    environment: "mock",
    origin,
    credentials: { accessToken: "the-access-token", sessionToken: "the-session-token" },
  });
  return [
    {
      name: "fetch",
      list: async () => (await fetch(url, { headers: tokens })).json(),
      register: async () =>
        (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json(),
    },
    {
      name: "client",
      list: () => thingspace.v1.listRegisteredCallbacks(account),
      register: () => thingspace.v1.registerCallback(account, body),
    },
    {
      name: "openapi-fetch",
      list: () => http.GET(path, { params, headers: tokens }),
      register: () => http.POST(path, { params, headers: tokens, body }),
    },
  ];
}

type PlainCall = (path: string, init: object) => Promise<unknown>;
interface PlainClient {
  GET: PlainCall;
  POST: PlainCall;
}
