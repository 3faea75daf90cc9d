import { type Generation, type Schema, type SchemaPlace, walkSchema } from "@thingspace-callbacks/contract";
import { bodyOf, checkBodyOf, commentOf, nameOf } from "./schema.ts";

/** The text of src/generated/messages.ts: an interface per schema, and the message of each API and type. */
export function messagesFile(generations: Generation[]): string {
  return [
    ...[...schemasOf(generations)].flatMap(([name, schema]) => [
      ...commentOf(schema),
      `export interface ${name} ${bodyOf(schema)}`,
      "",
    ]),
    "/** The messages of each API by `type`; `other` is what any message of it is known to be. */",
    "export interface Messages {",
    ...generations.flatMap(({ name, title, message }) => [
      `  /** ${title}. */`,
      `  ${name}: {`,
      ...message.types.flatMap(({ type, summary }) => [
        `    /** ${summary}. */`,
        `    ${type}: ${nameOf(message.body.schema)} & { type: ${JSON.stringify(type)} };`,
      ]),
      "    /** A message of any other type, or of none. */",
      `    other: ${nameOf(message.body.schema)};`,
      "  };",
    ]),
    "}",
    "",
    "/** The APIs whose messages bring back the username and password of the registration. */",
    `export type ApiWithCredentials = ${generations
      .filter(({ message }) => message.hasCredentials)
      .map(({ name }) => JSON.stringify(name))
      .join(" | ")};`,
    "",
  ].join("\n");
}

/** The text of src/generated/apis.ts: what the listener needs to know of each API when it runs. */
export function apisFile(generations: Generation[]): string {
  const schemas = schemasOf(generations);
  const types = new Set([...schemas.values()].flatMap((schema) => [...walkSchema(schema)].map(typeOfPlace)));
  const used = ["array", "boolean", "integer", "number", "object", "string"].filter((check) =>
    types.has(check),
  );
  return [
    `import { ${used.join(", ")} } from "../check.ts";`,
    "",
    ...[...schemas].map(([name, schema]) => `const check${name} = ${checkBodyOf(schema)};`),
    "",
    "export const apis = {",
    ...generations.map(({ name, message }) => {
      const { method, body, types, hasCredentials, changedByRetry } = message;
      const members = [
        `"method": ${JSON.stringify(method.toUpperCase())}`,
        `"mediaType": ${JSON.stringify(body.mediaType)}`,
        `"types": ${JSON.stringify(types.map(({ type }) => type))}`,
        `"hasCredentials": ${hasCredentials}`,
        `"changedByRetry": ${JSON.stringify(changedByRetry)}`,
        `"check": check${nameOf(body.schema)}`,
      ];
      return `  ${name}: { ${members.join(", ")} },`;
    }),
    "};",
    "",
  ].join("\n");
}

const typeOfPlace = ({ schema }: SchemaPlace) => schema.type;

/** The text of src/generated/examples.ts, for tests: the documents' example messages. */
export function examplesFile(generations: Generation[]): string {
  const examples = generations.map(({ name, message }) => {
    return [name, Object.values(message.body.examples).map(({ value }) => value)] as const;
  });
  return `export const examples = ${JSON.stringify(Object.fromEntries(examples), null, 2)};\n`;
}

/**
 * The named schemas of all messages, each after those that it refers to. One that two documents have must be the same in
 * both, because it gets one type.
 */
function schemasOf(generations: Generation[]): Map<string, Schema> {
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
