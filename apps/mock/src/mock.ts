import type { AddressInfo } from "node:net";
import { createApp } from "./app.ts";

export interface Mock {
  /**
   * Starts listening.
   *
   * @param address `port` 0 takes any free one.
   * @returns the origin, such as `http://127.0.0.1:4010`.
   * @throws the system's error when the address cannot be had, such as `EADDRINUSE`.
   */
  listen(address: { host: string; port: number }): Promise<string>;
  /** Stops listening, when the requests under way have been answered. */
  close(): Promise<void>;
}

/**
 * Makes a mock server of every API of the documents, at the paths of the real service.
 *
 * @example
 * const mock = await createMock();
 * const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
 * const thingspace = createThingSpaceClient({ environment: "mock", origin });
 */
export async function createMock(): Promise<Mock> {
  const app = await createApp();
  return {
    listen: async ({ host, port }) => {
      await app.listen({ host, port });
      const { address, family, port: taken } = app.server.address() as AddressInfo;
      return `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`;
    },
    close: () => app.close(),
  };
}
