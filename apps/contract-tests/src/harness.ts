import { type Credentials, createThingSpaceClient } from "@thingspace-callbacks/client";
import { matchesPath } from "@thingspace-callbacks/contract";
import { createMock, type Mock, type MockOptions } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, expect } from "vitest";
import { baseOf, operations } from "./call.ts";
import { type Instances, startInstances } from "./instances.ts";
import { createJudge, type Judge } from "./judge.ts";
import { readResponse } from "./read-response.ts";
import { expectDocumented } from "./report.ts";

/** Any tokens are accepted by lenient authentication. */
export const credentials: Credentials = { key: "any", secret: "any", username: "any", password: "any" };

/** The way in which the client reaches the mock. */
export type Way = "in process" | "over HTTP" | "behind Prism" | "on two instances";

/** The status and body of a response, whatever the operation. */
export interface Outcome {
  ok: boolean;
  status: number;
  data?: unknown;
  error?: unknown;
  response: Response;
}

interface Exchange {
  request: Request;
  response: Response;
}

/** Starts a separate mock for the tests of a file or a block, and calls it through the client. */
export function useMock(options: MockOptions = {}, way: Way = "over HTTP") {
  let mock: Mock;
  let origin = "";
  let judge: Judge | undefined;
  let instances: Instances | undefined;
  beforeAll(async () => {
    if (way === "on two instances") {
      instances = await startInstances(options);
      mock = instances.active;
      origin = instances.origin;
      return;
    }
    mock = await createMock(options);
    if (way === "over HTTP") origin = await mock.listen({ host: "127.0.0.1", port: 0 });
    if (way === "behind Prism") judge = await createJudge(mock.fetch);
  });
  afterAll(() => (instances ?? mock).close());

  const send = async (request: Request): Promise<Response> => {
    if (origin !== "") return fetch(request);
    if (!judge) return mock.fetch(request);
    const { response, violations } = await judge(request);
    // A request that breaks a rule must be refused; a response must not break any.
    const blamed = violations.filter(({ side }) => side === "response" || response.ok);
    expect(blamed, `${request.method} ${request.url}`).toEqual([]);
    return response;
  };

  return {
    origin: () => origin,
    reset: () => mock.reset(),
    /**
     * Calls an operation by name: the table-driven tests know names only from the documents. Every response on the way,
     * those to the client's own requests for tokens included, must be what its document says.
     */
    call: async (api: string, operationId: string, args: unknown[]): Promise<Outcome> => {
      const exchanges: Exchange[] = [];
      const failures: unknown[] = [];
      const client = createThingSpaceClient({
        environment: "mock",
        ...(origin !== "" && { origin }),
        credentials,
        retries: 0,
        fetch: async (url, init) => {
          const request = new Request(url, init);
          const sent = request.clone();
          const response = await send(request).catch((error) => {
            failures.push(error);
            throw error;
          });
          exchanges.push({ request: sent, response: response.clone() });
          return response;
        },
      });
      const named = client[api as keyof typeof client] as unknown as Record<
        string,
        ((...args: unknown[]) => Promise<Outcome>) | undefined
      >;
      const operation = named[operationId];
      if (!operation) throw new Error(`The client has no operation ${api}.${operationId}`);
      const outcome = await operation(...args).catch((error) => {
        // This error says more than the client's.
        throw failures[0] ?? error;
      });
      for (const { request, response } of exchanges) {
        await expectDocumented({ ...rowOf(request), request }, await readResponse(response));
      }
      return outcome;
    },
  };
}

/** The operation that a request is for. */
function rowOf({ method, url }: Request) {
  const { pathname } = new URL(url);
  const found = operations.find(({ api, operation }) => {
    return operation.method.toUpperCase() === method && matchesPath(baseOf(api) + operation.path, pathname);
  });
  if (!found) throw new Error(`No document has ${method} ${pathname}`);
  return found;
}
