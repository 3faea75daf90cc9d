import { afterAll, beforeAll } from "vitest";
import { createMock, type Mock } from "../src/mock.ts";
import type { MockOptions } from "../src/options.ts";

export const tokens = { Authorization: "Bearer any", "VZ-M2M-Token": "any" };

/** Starts a separate mock for the tests of a file or a block, on a free port. */
export function useServer(options: MockOptions = {}) {
  const server = { origin: "", mock: undefined as unknown as Mock };
  beforeAll(async () => {
    server.mock = await createMock(options);
    server.origin = await server.mock.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => server.mock.close());
  return server;
}
