import { afterAll, beforeAll } from "vitest";
import { createMock } from "../src/mock.ts";

export const tokens = { Authorization: "Bearer any", "VZ-M2M-Token": "any" };

/** A mock of its own for the tests of a file, on a free port. */
export function useServer() {
  let close: () => Promise<void>;
  const server = { origin: "" };
  beforeAll(async () => {
    const mock = await createMock();
    close = mock.close;
    server.origin = await mock.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => close());
  return server;
}
