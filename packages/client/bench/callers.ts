import { join } from "node:path";
import { pathToFileURL } from "node:url";
import createClient from "openapi-fetch";
import { descriptions } from "../dist/generated/descriptions.js";
import { createThingSpaceClient } from "../dist/index.js";

/** One way to list and to register a V1 callback. */
export interface Caller {
  name: string;
  list(): Promise<unknown>;
  register(): Promise<unknown>;
}

const account = "0242078689-00001";
const body = { name: "Fota", url: "https://example.com/fota" } as const;
const tokens = { Authorization: "Bearer the-access-token", "VZ-M2M-Token": "the-session-token" };

/** The number of callers that are measured beside bare fetch. */
export const countCallers = (against: string | undefined) => (against ? 3 : 2);

/** Creates bare fetch and what is measured beside it. All send the same requests and read the response as JSON. */
export async function createCallers(
  origin: string,
  against: string | undefined,
): Promise<{ fetch: Caller; others: Caller[] }> {
  const baseUrl = new URL(new URL(descriptions.v1.servers.mock).pathname, origin).href;
  const url = `${baseUrl}/callbacks/${account}`;
  const headers = { ...tokens, "Content-Type": "application/json" };

  const http = createClient<Record<string, never>>({ baseUrl }) as unknown as PlainClient;
  const params = { path: { account } };
  const path = "/callbacks/{account}";

  const others: Caller[] = [
    createThingSpaceCaller("client", createThingSpaceClient, origin),
    {
      name: "openapi-fetch",
      list: () => http.GET(path, { params, headers: tokens }),
      register: () => http.POST(path, { params, headers: tokens, body }),
    },
  ];
  if (against) {
    const entry = pathToFileURL(join(against, "packages/client/dist/index.js")).href;
    const { createThingSpaceClient: createOther } = (await import(entry)) as ClientModule;
    others.push(createThingSpaceCaller("client of --against", createOther, origin));
  }
  return {
    fetch: {
      name: "fetch",
      list: async () => (await fetch(url, { headers: tokens })).json(),
      register: async () =>
        (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json(),
    },
    others,
  };
}

interface ClientModule {
  createThingSpaceClient: typeof createThingSpaceClient;
}

function createThingSpaceCaller(name: string, create: typeof createThingSpaceClient, origin: string): Caller {
  const thingspace = create({
    environment: "mock",
    origin,
    credentials: { accessToken: "the-access-token", sessionToken: "the-session-token" },
  });
  return {
    name,
    list: () => thingspace.v1.listRegisteredCallbacks(account),
    register: () => thingspace.v1.registerCallback(account, body),
  };
}

type PlainCall = (path: string, init: object) => Promise<unknown>;
interface PlainClient {
  GET: PlainCall;
  POST: PlainCall;
}
