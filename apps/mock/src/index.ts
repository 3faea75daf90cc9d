// The mock, to be started from a program or a test.

// What else can be wrong with the options.
export { ConfigError } from "./config.ts";
export { createMock } from "./create-mock.ts";
export type { Event, Mock } from "./mock.ts";
export { type MockOptions, OptionError } from "./mock-options.ts";
export { StoreError } from "./state/store-error.ts";
