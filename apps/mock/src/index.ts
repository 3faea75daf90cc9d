/**
 * Starts the mock from a program or a test.
 *
 * @example
 * const mock = await createMock();
 * const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
 */

// The mock and its options.
export { createMock } from "./create-mock.ts";
export type { Mock } from "./mock.ts";

// The operations of a mock in one of its spaces, and their results.
export type {
  DeliveryFilter,
  Event,
  Expectation,
  ExpectationResult,
  MockSpace,
  RecordedDelivery,
  RecordedRequest,
  RequestFilter,
  WaitOptions,
} from "./mock-space.ts";
export type { MockOptions } from "./options.ts";

// The errors of createMock: an option, the store or the configuration file cannot be used.
export { OptionError } from "./options.ts";
export { StoreError } from "./state/store-error.ts";
export { ConfigError } from "./config.ts";
