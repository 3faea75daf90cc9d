import {
  findByRole,
  findMember,
  findResponseExample,
  type Generation,
  generations,
  getApi,
  getByRole,
  getFirstExample,
  listMembers,
  type Operation,
  type Role,
  type Schema,
  tokenFacts,
} from "@thingspace-callbacks/contract";

const roles: Role[] = ["list", "register", "update", "deregister"];

/** Returns the text of src/generated/facts.ts. */
export function writeFacts(): string {
  const described = generations.map(
    (generation) => [generation.name, describeGeneration(generation)] as const,
  );
  return [
    'import type { ControlFacts, GenerationFacts, Servers } from "../facts.ts";',
    "",
    "/** Name of a generation of the API. */",
    `export type Api = ${generations.map(({ name }) => JSON.stringify(name)).join(" | ")};`,
    "",
    "/** The generations of the API by name, in the order of the documents. */",
    `export const generations: Record<Api, GenerationFacts> = ${toText(Object.fromEntries(described))};`,
    "",
    "/** The origins of the servers that the documents name. */",
    `export const servers: Servers = ${toText(describeServers())};`,
    "",
    "/** The control operations of the mock by operationId. */",
    `export const control: ControlFacts = ${toText(describeControl())};`,
    "",
    "/** Ports that a sibling API allows in the URL of a listener, each from the first to the last. */",
    `export const siblingPorts: { first: number; last: number }[] = ${toText(describePorts())};`,
    "",
    "/** Failed logins in a row that lock a user. */",
    `export const failuresToLock: number = ${tokenFacts.failuresToLock};`,
    "",
  ].join("\n");
}

const toText = (value: unknown) => JSON.stringify(value, null, 2);

function describeGeneration(generation: Generation) {
  const { title, registration, message } = generation;
  const { method, body, typePath, accountPath, upgradeIdPaths, upgradeWords, senders } = message;
  const limits = Object.values(senders).flatMap(({ timeLimitMs }) => timeLimitMs ?? []);
  const registerBody = getByRole(generation, "register").body?.schema ?? {};
  return {
    title,
    registration,
    exampleAccount: String(getFirstExample(getByRole(generation, "list").parameters[0] ?? { examples: {} })),
    takesLogin: ["username", "password"].every((name) => findMember(registerBody, name) !== undefined),
    operations: Object.fromEntries(
      roles.flatMap((role) => {
        const operation = findByRole(generation, role);
        return operation ? [[role, describeOperation(operation)]] : [];
      }),
    ),
    url: describeUrl(registerBody),
    refusals: {
      invalidCode: getRefusal(getByRole(generation, "register"), "invalidParameter").code,
      notRegistered: getRefusal(getByRole(generation, "deregister"), "callbackNotRegistered"),
    },
    message: {
      method: method.toUpperCase(),
      mediaType: body.mediaType,
      typePath,
      accountPath,
      upgradeIdPaths,
      upgradeWords,
      types: message.types.map(({ type }) => type),
      hasCredentials: message.hasCredentials,
      changedByRetry: message.changedByRetry,
      timeLimitMs: Math.min(...limits),
      examples: Object.values(body.examples).map(({ value }) => value),
    },
  };
}

function describeUrl(body: Schema) {
  const schema = findMember(body, "url");
  if (schema?.pattern === undefined || schema["x-rule"] === undefined)
    throw new Error("The URL of a registration has no pattern or no x-rule");
  return {
    pattern: schema.pattern,
    rule: schema["x-rule"],
    mockTakesHttp: schema["x-mock-loopback"] === "http",
  };
}

function getRefusal(operation: Operation, name: string) {
  const { errorCode, errorMessage } = (findResponseExample(operation, 400, name) ?? {}) as {
    errorCode?: string;
    errorMessage?: string;
  };
  if (errorCode === undefined || errorMessage === undefined)
    throw new Error(`${operation.operationId} has no example ${name} of a refusal`);
  return { code: errorCode, message: errorMessage };
}

/** The account is the first parameter. The others have one value each, such as the name of the callback service. */
function describeOperation({ operationId, method, parameters, body }: Operation) {
  const [, ...others] = parameters;
  const constants = listMembers(body?.schema ?? {}).flatMap(({ name, schema, isRequired }) =>
    isRequired && schema.enum?.length === 1 ? [[name, schema.enum[0]]] : [],
  );
  return {
    operationId,
    method: method.toUpperCase(),
    otherArguments: others.map((parameter) => getFirstExample(parameter)),
    constants: Object.fromEntries(constants),
  };
}

function describeServers() {
  const [first] = generations;
  if (!first?.servers.production) throw new Error("The documents name no server of the service");
  const origins = generations.map(({ servers }) => new URL(servers.production ?? "").origin);
  return {
    production: origins[0],
    mock: new URL(first.servers.mock).origin,
  };
}

function describePorts() {
  const [ports, ...others] = new Set(
    generations.map(({ message }) => JSON.stringify(message.siblingPorts.ranges)),
  );
  if (ports === undefined || others.length > 0) throw new Error("The generations have different ports");
  return JSON.parse(ports);
}

function describeControl() {
  const { base, operations } = getApi("control");
  const tokens = operations.flatMap(({ security }) => security.map(({ header }) => header));
  return {
    base,
    tokenHeader: tokens[0],
    operations: Object.fromEntries(
      operations.map(({ operationId, method, path }) => [
        operationId,
        { method: method.toUpperCase(), path },
      ]),
    ),
  };
}
