import type { Api, Generation } from "./api.ts";
import { apis } from "./generated/apis.ts";
import type { Operation, Role } from "./operation.ts";

/** The APIs of the service; the mock's own control API is not among them. */
export const services: Api[] = apis.filter(({ servers }) => servers.production !== undefined);

/** The generations of the callback API, in the order of the documents. */
export const generations: Generation[] = services.filter(isGeneration);

/** Names of the registrations that an account can have, each once. */
export const registrations: string[] = [...new Set(generations.map(({ registration }) => registration))];

/** Returns the API of this name, if there is one. */
export function findApi(name: string): Api | undefined {
  return apis.find((api) => api.name === name);
}

/** Returns the API of this name. @throws when there is none */
export function getApi(name: string): Api {
  const api = findApi(name);
  if (!api) throw new Error(`No document is called ${name}`);
  return api;
}

/** Returns the generation of this name. @throws when there is none */
export function getGeneration(name: string): Generation {
  const generation = generations.find((candidate) => candidate.name === name);
  if (!generation) throw new Error(`No generation of the callback API is called ${name}`);
  return generation;
}

/** Returns the operation of this name, if the API has one. */
export function findOperation(api: string, operationId: string): Operation | undefined {
  return findApi(api)?.operations.find((operation) => operation.operationId === operationId);
}

/** Returns the operation of this name. @throws when the API has none */
export function getOperation(api: string, operationId: string): Operation {
  const operation = findOperation(api, operationId);
  if (!operation) throw new Error(`The document ${api} has no operation ${operationId}`);
  return operation;
}

/** Returns the operation that does this with a registration, if the API has one. */
export function findByRole({ operations }: Api, role: Role): Operation | undefined {
  return operations.find((operation) => operation.role === role);
}

/** Returns the operation that does this with a registration. @throws when the API has none */
export function getByRole(api: Api, role: Role): Operation {
  const operation = findByRole(api, role);
  if (!operation) throw new Error(`The document ${api.name} has no operation with the role ${role}`);
  return operation;
}

/** Returns the operations of an API, and its message as the last one. */
export function listOperations({ operations, message }: Api): Operation[] {
  return message ? [...operations, message] : operations;
}

function isGeneration(api: Api): api is Generation {
  return api.message !== undefined && api.registration !== undefined;
}
