import { type Credentials, createThingSpaceClient } from "@thingspace-callbacks/client";
import { createMock, type MockOptions } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll } from "vitest";

/** Any will do for lenient authentication. */
export const credentials: Credentials = { key: "any", secret: "any", username: "any", password: "any" };

/** What every operation comes down to: status and body, whatever the operation. */
export interface Answer {
  ok: boolean;
  status: number;
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** A mock of its own for the tests of a file or a block, on a free port, and calls to it through the client. */
export function useMock(options: MockOptions = {}) {
  let origin = "";
  let close: () => Promise<void>;
  beforeAll(async () => {
    const mock = await createMock(options);
    close = mock.close;
    origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => close());

  return {
    origin: () => origin,
    /** Calls an operation by name; the table-driven tests know names only from the documents. */
    call: (api: string, operationId: string, args: unknown[]) => {
      const client = createThingSpaceClient({ environment: "mock", origin, credentials });
      const operations = client[api as keyof typeof client] as unknown as Record<
        string,
        (...args: unknown[]) => Promise<Answer>
      >;
      const operation = operations[operationId];
      if (!operation) throw new Error(`The client has no operation ${api}.${operationId}`);
      return operation(...args);
    },
  };
}
