// The mock, to be started from a program or a test.
export { createMock, type Mock } from "./mock.ts";
