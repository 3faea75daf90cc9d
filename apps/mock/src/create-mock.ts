import type { Mock } from "./mock.ts";
import { demandNode } from "./node-version.ts";
import type { MockOptions } from "./options.ts";

/**
 * Makes a mock server of every API of the documents, at the paths of the real service.
 *
 * @throws {OptionError | StoreError | ConfigError} when an option, the store or the configuration cannot be used; an
 * {@link Error} when this Node.js is too old.
 * @example
 * const mock = await createMock();
 * const credentials = { accessToken: "any", sessionToken: "any" };
 * const thingspace = createThingSpaceClient({ environment: "mock", credentials, fetch: mock.fetch });
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  demandNode();
  // Loaded here, because an older Node.js fails while it reads the imports, without a sentence about the reason.
  const mock = await import("./mock.ts");
  return mock.createMock(options);
}
