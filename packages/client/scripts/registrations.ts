import {
  findMember,
  type Generation,
  getByRole,
  getFirstExample,
  listMembers,
  type Operation,
  type Parameter,
  type Schema,
} from "@thingspace-callbacks/contract";

/** Returns the text of src/generated/registrations.ts: how each generation lists, registers and deregisters. */
export function writeRegistrations(generations: Generation[]): string {
  return [
    'import type { GenerationDescription } from "../registrations/generation.ts";',
    "",
    "/** The generations of the API by name, in the order of the documents. */",
    "export const generations: Generations = {",
    ...generations.flatMap(describeGeneration),
    "};",
    "",
    "/** The types of the generations. JSR wants them in words. */",
    "interface Generations {",
    ...generations.map(describeType),
    "}",
    "",
    "/** Name of a generation of the API. */",
    `export type Generation = ${generations.map(({ name }) => JSON.stringify(name)).join(" | ")};`,
    "",
  ].join("\n");
}

function describeType(generation: Generation): string {
  const { name, registration } = generation;
  const facts = `registration: ${JSON.stringify(registration)}; takesLogin: ${takesLogin(generation)}`;
  return `  ${name}: GenerationDescription & { ${facts} };`;
}

/** Returns true if a user name and a password are registered with the URL. */
function takesLogin(generation: Generation): boolean {
  const { schema = {} } = getByRole(generation, "register").body ?? {};
  return ["username", "password"].every((name) => findMember(schema, name) !== undefined);
}

function describeGeneration(generation: Generation): string[] {
  const { name, registration } = generation;
  const list = getByRole(generation, "list");
  const register = getByRole(generation, "register");
  const deregister = getByRole(generation, "deregister");
  const body = register.body?.schema;
  if (!body) throw new Error(`${name}: the client cannot register without a body`);
  return [
    `  ${name}: {`,
    `    registration: ${JSON.stringify(registration)},`,
    `    takesLogin: ${takesLogin(generation)},`,
    `    list: ({ ${name} }, account, options) => ${writeCall(list)},`,
    `    register: ({ ${name} }, account, body, options) => ${writeCall(register, writeBody(body))},`,
    `    deregister: ({ ${name} }, account, options) => ${writeCall(deregister)},`,
    "  },",
  ];
}

/** The account is the first parameter. The others have one value each, such as the name of the callback service. */
function writeCall({ api, operationId, parameters }: Operation, ...body: string[]): string {
  const [, ...others] = parameters;
  const args = ["account", ...others.map(writeOnlyValue), ...body, "options"];
  return `${api}.${operationId}(${args.join(", ")})`;
}

/** Adds the members that must be there and have one value, such as the name of the callback service. */
function writeBody(schema: Schema): string {
  const constants = listMembers(schema).flatMap(({ name, schema, isRequired }) =>
    isRequired && schema.enum?.length === 1 ? [`${name}: ${JSON.stringify(schema.enum[0])}`] : [],
  );
  return constants.length > 0 ? `{ ${constants.join(", ")}, ...body }` : "body";
}

function writeOnlyValue(parameter: Parameter): string {
  const { name, schema } = parameter;
  if (schema.enum && schema.enum.length !== 1) throw new Error(`The parameter ${name} must have one value`);
  return JSON.stringify(getFirstExample(parameter));
}
