import type { Method, Operation } from "../src/operation.ts";
import { listPathParameters } from "../src/path.ts";
import { readRequestBody } from "./body.ts";
import { readParameter } from "./parameter.ts";
import type { RawDocument, RawOperation, RawPathItem } from "./raw.ts";
import { readResponses } from "./response.ts";
import { readSecurity } from "./security.ts";

const methods: Method[] = ["get", "post", "put", "patch", "delete"];

/** Returns the operations of a document in its order, those of one path in the order of `methods`. */
export function readOperations(api: string, document: RawDocument): Operation[] {
  const operations = listRawOperations(document.paths).map(({ path, method, item, raw }) => {
    demandExamples(api, raw);
    return readOperation(api, document, { path, method, item, raw });
  });
  demandOneOfEachRole(api, operations);
  return operations;
}

/** Returns one operation of a document. */
export function readOperation(api: string, document: RawDocument, place: RawPlace): Operation {
  const { path, method, item, raw } = place;
  const where = `${api} ${raw.operationId}`;
  const parameters = [...(item.parameters ?? []), ...(raw.parameters ?? [])].map((parameter) =>
    readParameter(where, parameter),
  );
  demandPathParameters(where, path, parameters);
  const [tag, ...otherTags] = raw.tags;
  if (tag === undefined || otherTags.length > 0) throw new Error(`${where}: one tag is expected`);
  return {
    api,
    operationId: raw.operationId,
    method,
    path,
    summary: raw.summary,
    description: raw.description.trim(),
    tag,
    ...(raw["x-role"] && { role: raw["x-role"] }),
    parameters,
    ...(raw.requestBody && { body: readRequestBody(where, raw.requestBody) }),
    responses: readResponses(where, raw.responses),
    security: readSecurity(where, document, raw),
  };
}

/** The place of an operation in a document. */
export interface RawPlace {
  path: string;
  method: Method;
  item: RawPathItem;
  raw: RawOperation;
}

/** Returns every operation of path items, with its place. */
export function listRawOperations(items: Record<string, RawPathItem> = {}): RawPlace[] {
  return Object.entries(items).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const raw = item[method];
      return raw ? [{ path, method, item, raw }] : [];
    }),
  );
}

/** Callers pass path parameters by position, so the document has them in the path's order. */
function demandPathParameters(where: string, path: string, parameters: { name: string; in: string }[]): void {
  const described = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
  const inPath = listPathParameters(path);
  if (described.join() !== inPath.join()) {
    throw new Error(`${where}: path parameters are ${described.join()}, expected ${inPath.join()}`);
  }
}

/** The mock puts its own message into this example. */
function demandExamples(api: string, { operationId, responses }: RawOperation): void {
  const refusal = responses["400"]?.content?.["application/json"];
  if (refusal && !refusal.examples?.["invalidParameter"]) {
    throw new Error(`${api} ${operationId}: response 400 has no example called invalidParameter`);
  }
}

function demandOneOfEachRole(api: string, operations: Operation[]): void {
  const roles = operations.flatMap(({ role }) => role ?? []);
  const repeated = roles.find((role, index) => roles.indexOf(role) !== index);
  if (repeated) throw new Error(`${api}: two operations have the role ${repeated}`);
}
