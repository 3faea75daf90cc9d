import { services } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { type Handlers, type HandlersOf, ok } from "../../operations/handler.ts";

/** Creates the handler that lists what is emulated: the documents' operations, and whether they have a handler. */
export function createSupportHandlers(emulated: Handlers): Pick<HandlersOf<Control>, "getSupport"> {
  const support = services.map(({ name, title, version, base, operations, notEmulated }) => ({
    name,
    title,
    version,
    base,
    operations: operations.map(({ operationId, method, path }) => ({
      operationId,
      method: method.toUpperCase(),
      path: base + path,
      engine: emulated[name]?.[operationId] ? "stateful" : "examples",
    })),
    notEmulated: notEmulated.map((path) => base + path),
  }));
  return { getSupport: () => ok({ apis: support }) };
}
