// Collects what the console needs of the documents. It runs when the console is built, so that the page does not carry
// the documents with it.
import {
  type Api,
  apis,
  buildExampleRequest,
  fillPath,
  findByRole,
  type Generation,
  generations,
  getApi,
  getAt,
  getExampleHeaders,
  getExampleParameters,
  getFirstExample,
  getOperation,
  listMembers,
  type Operation,
  type Schema,
} from "@thingspace-callbacks/contract";

/** An operation, as the console shows, calls and copies it. */
export interface OperationFacts {
  api: string;
  operationId: string;
  /** In upper case. */
  method: string;
  /** Path below the mock's address, with `{parameters}`. */
  path: string;
  /** Names of the path's parameters, in its order. */
  parameters: string[];
  /** The document's example of each path parameter. */
  exampleParameters: Record<string, string>;
  /** The headers that it needs, with any tokens. */
  headers: Record<string, string>;
  body?: BodyFacts;
  /** The console has a form for it; then it has these. */
  form?: { summary: string; description: string; schema: Schema };
}

/** The body of an operation: its media type and the document's first example. */
export interface BodyFacts {
  mediaType: string;
  example: unknown;
}

/** A generation of the callback API. */
export interface GenerationFacts {
  name: string;
  title: string;
  /** Name of the registration that it uses. */
  registration: string;
  /** Identifier of the operation that registers a callback. */
  register: string;
  /** The documented types of messages. */
  types: { type: string; summary: string }[];
  /** The members of the example of each type that a person would edit; of a generation without types, by "". */
  messages: Record<string, Record<string, unknown>>;
}

/** What the console knows from the documents. */
export interface Facts {
  /** Path of the control API below the mock's address. */
  controlBase: string;
  /** The header that carries the control token. */
  tokenHeader: string;
  operations: OperationFacts[];
  generations: GenerationFacts[];
  /** The pattern of a space's name, and what it demands in words. */
  spaceName: { pattern: string; rule: string };
}

/** The control operations that have a form. */
const forms = [
  "sendEvent",
  "playUpgrade",
  "redeliver",
  "addFault",
  "advanceClock",
  "setClock",
  "saveSnapshot",
];

/** Collects the facts of all documents. */
export function collectFacts(): Facts {
  const control = getApi("control");
  const tokenHeader = control.operations[0]?.security[0]?.header;
  if (tokenHeader === undefined) throw new Error("The control operations demand no token");
  return {
    controlBase: control.base,
    tokenHeader,
    operations: apis.flatMap((api) => api.operations.map((operation) => describeOperation(api, operation))),
    generations: generations.map((generation) => {
      const register = findByRole(generation, "register");
      if (!register) throw new Error(`${generation.name} has no operation that registers`);
      return {
        name: generation.name,
        title: generation.title,
        registration: generation.registration,
        register: register.operationId,
        types: generation.message.types,
        messages: listMessages(generation),
      };
    }),
    spaceName: describeSpaceName(),
  };
}

function describeSpaceName(): Facts["spaceName"] {
  const { schema } =
    getOperation("control", "deleteSpace").parameters.find(({ name }) => name === "name") ?? {};
  const { pattern, "x-rule": rule } = schema ?? {};
  if (pattern === undefined || rule === undefined) throw new Error("The name of a space has no pattern");
  // Browsers read it with the flag v, in which a hyphen at the end of a class is escaped.
  return { pattern: pattern.replaceAll("-]", "\\-]"), rule };
}

function describeOperation(api: Api, operation: Operation): OperationFacts {
  const { operationId, summary, description, body } = operation;
  const hasForm =
    body && (operation.role === "register" || (api.name === "control" && forms.includes(operationId)));
  const parameters: string[] = [];
  fillPath(operation.path, (name) => {
    parameters.push(name);
    return name;
  });
  return {
    api: api.name,
    operationId,
    method: buildExampleRequest(operation).method,
    path: api.base + operation.path,
    parameters,
    exampleParameters: getExampleParameters(operation),
    headers: getExampleHeaders(operation),
    ...(body && { body: { mediaType: body.mediaType, example: getFirstExample(body) } }),
    ...(hasForm && { form: { summary, description, schema: reduceSchema(body.schema) } }),
  };
}

/** Keeps of a schema what a form needs: its members, and of each the simple facts. */
function reduceSchema(schema: Schema): Schema {
  const properties = Object.fromEntries(
    listMembers(schema).map(({ name, schema: member }) => {
      const { type, format, description, examples, default: preset, minimum, maximum } = member;
      const facts = {
        type,
        format,
        description,
        examples,
        default: preset,
        minimum,
        maximum,
        enum: member.enum,
      };
      return [name, Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))];
    }),
  );
  return { properties, required: schema.required ?? [] };
}

function listMessages({ message }: Generation): GenerationFacts["messages"] {
  const { typePath, body } = message;
  return Object.fromEntries(
    Object.values(body.examples).map(({ value }) => {
      const members = value as Record<string, unknown>;
      return typePath ? [String(getAt(members, typePath)), keepReport(members)] : ["", members];
    }),
  );
}

/** Keeps the report of a message, the members that have members. Account, type and credentials come from the mock. */
function keepReport(message: Record<string, unknown>): Record<string, unknown> {
  const report = Object.entries(message).filter(
    ([, value]) => typeof value === "object" && value !== null && Object.keys(value).length > 0,
  );
  return Object.fromEntries(report);
}
