import type { Facts, GenerationFacts, OperationFacts } from "../collect-facts.ts";

export type { Facts, GenerationFacts, OperationFacts };

/** Written by the build. */
declare const CONSOLE_FACTS: Facts;

export const facts: Facts = CONSOLE_FACTS;

/** Returns an operation of an API. */
export function getOperation(api: string, operationId: string): OperationFacts {
  const found = facts.operations.find(
    (operation) => operation.api === api && operation.operationId === operationId,
  );
  if (!found) throw new Error(`The documents have no operation ${api}.${operationId}`);
  return found;
}

/** Returns the operation that registers a callback for a generation, the first one by default. */
export function getRegister(generation = facts.generations[0]): OperationFacts {
  if (!generation) throw new Error("The documents have no generation");
  return getOperation(generation.name, generation.register);
}

/** Address of the mock, as this page was loaded from it; without a slash at the end. */
export const origin = location.href.slice(0, location.href.lastIndexOf(`${facts.controlBase}/console`));
