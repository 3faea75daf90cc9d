/**
 * Holds a store of your own to what the listener and the inbox expect of it, in any test runner.
 *
 * @module
 * @example
 * import { inboxStoreCases } from "@thingspace-callbacks/listener/conformance";
 *
 * for (const { title, run } of inboxStoreCases) {
 *   test(title, () => run(async () => ({ store: await createMyStore(), close: () => dropMyStore() })));
 * }
 */
export {
  type ConformanceCase,
  ConformanceError,
  type CreateFixture,
  type StoreFixture,
} from "./conformance/case.ts";
export { inboxStoreCases } from "./conformance/inbox-store-cases.ts";
export { seenStoreCases } from "./conformance/seen-store-cases.ts";
