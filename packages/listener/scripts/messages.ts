import {
  type Generation,
  type Message,
  type Schema,
  type SchemaPlace,
  walkSchema,
} from "@thingspace-callbacks/contract";
import { getName, toCheckBody, toComment, toMembers, toShape } from "./schema.ts";

/** Returns the text of src/generated/messages.ts: an interface per schema, and the message of each API and type. */
export function writeMessages(generations: Generation[]): string {
  return [
    ...[...listSchemas(generations)].flatMap(([name, schema]) => [
      ...toComment(schema),
      `export interface ${name} ${toMembers(schema)}`,
      "",
    ]),
    "/** The messages of each API by `type`; `other` is any message of the API. */",
    "export interface Messages {",
    ...generations.flatMap(({ name, title, message }) => [
      `  /** ${title}. */`,
      `  ${name}: {`,
      ...message.types.flatMap(({ type, summary }) => [
        `    /** ${summary}. */`,
        `    ${type}: ${getName(message.body.schema)} & { ${getTypeMember(message)}: ${JSON.stringify(type)} };`,
      ]),
      "    /** A message of any other type, or of none. */",
      `    other: ${getName(message.body.schema)};`,
      "  };",
    ]),
    "}",
    "",
    "/** The APIs whose messages contain the username and password of the registration. */",
    `export type ApiWithCredentials = ${generations
      .filter(({ message }) => message.hasCredentials)
      .map(({ name }) => JSON.stringify(name))
      .join(" | ")};`,
    "",
  ].join("\n");
}

/** Returns the text of src/generated/apis.ts: the facts of each API that the listener uses at run time. */
export function writeApis(generations: Generation[]): string {
  const schemas = listSchemas(generations);
  const types = new Set([...schemas.values()].flatMap((schema) => [...walkSchema(schema)].map(getType)));
  const used = ["array", "boolean", "integer", "number", "object", "string"].filter((check) =>
    types.has(check),
  );
  return [
    `import { ${used.join(", ")} } from "../check.ts";`,
    "",
    ...[...schemas].map(([name, schema]) => `const check${name} = ${toCheckBody(schema)};`),
    "",
    "export const apis = {",
    ...generations.map(({ name, message }) => {
      const { method, body, types, hasCredentials, changedByRetry } = message;
      const members = [
        `"method": ${JSON.stringify(method.toUpperCase())}`,
        `"mediaType": ${JSON.stringify(body.mediaType)}`,
        `"types": ${JSON.stringify(types.map(({ type }) => type))}`,
        `"typeMember": ${JSON.stringify(getTypeMember(message))}`,
        `"accountMember": ${JSON.stringify(getAccountMember(message))}`,
        `"hasCredentials": ${hasCredentials}`,
        `"changedByRetry": ${JSON.stringify(changedByRetry)}`,
        `"check": check${getName(body.schema)}`,
      ];
      return `  ${name}: { ${members.join(", ")} },`;
    }),
    "};",
    "",
  ].join("\n");
}

/** Returns the text of src/generated/shapes.ts: the documented members of each API's messages, for comparisons. */
export function writeShapes(generations: Generation[]): string {
  const shapes = generations.map(({ name, message }) => [name, toShape(message.body.schema)] as const);
  return [
    'import type { Api } from "../options.ts";',
    'import type { Shape } from "../record/shape.ts";',
    "",
    `export const shapes: Record<Api, Shape> = ${JSON.stringify(Object.fromEntries(shapes), null, 2)};`,
    "",
  ].join("\n");
}

/** Returns the text of src/generated/upgrades.ts: what an inbox knows of each API's messages, beside what a listener knows. */
export function writeUpgrades(generations: Generation[]): string {
  const facts = generations.map(({ name, message }) => {
    const secretMembers = [...walkSchema(message.body.schema)]
      .filter(({ schema, path }) => schema.format === "password" && path.length === 1)
      .flatMap(({ path }) => path);
    return [name, { upgradeIdPaths: message.upgradeIdPaths, secretMembers }] as const;
  });
  return `export const upgrades = ${JSON.stringify(Object.fromEntries(facts), null, 2)};\n`;
}

/** Returns the name of the member with the message's type, or null when the API's messages have no types. */
const getTypeMember = ({ typePath, path }: Message) => getTopMember(typePath, path);

/** Returns the name of the member with the account, or null when the API's messages name none. */
const getAccountMember = ({ accountPath, path }: Message) => getTopMember(accountPath, path);

function getTopMember(memberPath: string[] = [], message: string): string | null {
  const [member = null, ...deeper] = memberPath;
  if (deeper.length > 0)
    throw new Error(`${message}: the listener reads ${memberPath.join("/")} at the top only`);
  return member;
}

const getType = ({ schema }: SchemaPlace) => schema.type;

/** Returns the text of src/generated/examples.ts, for tests: the documents' example messages. */
export function writeExamples(generations: Generation[]): string {
  const examples = generations.map(({ name, message }) => {
    return [name, Object.values(message.body.examples).map(({ value }) => value)] as const;
  });
  return `export const examples = ${JSON.stringify(Object.fromEntries(examples), null, 2)};\n`;
}

/**
 * Returns the named schemas of all messages, each after those that it refers to. A schema in two documents must be the same
 * in both, because it becomes one type.
 */
function listSchemas(generations: Generation[]): Map<string, Schema> {
  const all = new Map<string, Schema>();
  for (const { name: api, message } of generations) {
    const places = [...walkSchema(message.body.schema)].reverse();
    for (const { schema } of places) {
      const name = schema["x-name"];
      if (name === undefined) continue;
      const other = all.get(name);
      if (other && JSON.stringify(other) !== JSON.stringify(schema))
        throw new Error(`${api}: the schema ${name} differs from the one of another document`);
      all.set(name, schema);
    }
  }
  return all;
}
