import type { Api, Operation } from "@thingspace-callbacks/contract/catalogue";
import type { SourceAddresses } from "./addresses.ts";
import { bodyOf, checkOf, commentOf, type NamedSchema, nameOf, referencesOf } from "./schema.ts";

/** What a document says about the messages of its API. */
export interface MessagesOf {
  api: string;
  title: string;
  webhook: Operation;
  mediaType: string;
  /** Name of the message's schema. */
  name: string;
  /** The message's schema and what it refers to, by name, each after what it refers to. */
  schemas: Map<string, NamedSchema>;
  /** The documented types, with the summary of their example. */
  types: { type: string; summary: string }[];
  hasCredentials: boolean;
  /** Members that differ when the same message is sent again. */
  changedByRetry: string[];
}

/** Bundled document, as far as it is read here. */
export interface Bundle {
  webhooks: Record<string, { post: BundledWebhook }>;
  components: { schemas: Record<string, NamedSchema> };
}

export interface BundledWebhook {
  requestBody: { content: Record<string, { schema: { $ref: string } }> };
  "x-source-addresses"?: SourceAddresses;
  /**
   * Names of members at the top of a message that differ when the sender repeats it, such as a count. The listener leaves
   * them out of the key by which it recognizes a repeat.
   */
  "x-changed-by-retry"?: string[];
}

export function messagesOf(api: string, { title, webhooks }: Api, bundle: Bundle): MessagesOf {
  const [webhook, ...others] = webhooks;
  const [bundled] = Object.values(bundle.webhooks);
  if (!webhook || !bundled || others.length > 0) throw new Error(`${api}: one webhook is expected`);
  const [[mediaType, content], ...media] = Object.entries(bundled.post.requestBody.content) as [
    [string, { schema: { $ref: string } }],
  ];
  if (media.length > 0) throw new Error(`${api}: one media type of messages is expected`);
  const name = nameOf(content.schema.$ref);
  const schemas = new Map<string, NamedSchema>();
  collect(name);
  const examples = Object.values(webhook.requestBody?.content[mediaType]?.examples ?? {});
  const members = Object.keys(schemas.get(name)?.properties ?? {});
  return {
    api,
    title,
    webhook,
    mediaType,
    name,
    schemas,
    types: examples.flatMap(({ summary, value }) => {
      const { type } = value as { type?: string };
      return type === undefined ? [] : [{ type, summary }];
    }),
    hasCredentials: members.includes("username") && members.includes("password"),
    changedByRetry: bundled.post["x-changed-by-retry"] ?? [],
  };

  function collect(of: string): void {
    const schema = bundle.components.schemas[of];
    if (schema?.type !== "object") throw new Error(`${api}: the schema ${of} is missing or no object`);
    for (const reference of referencesOf(schema)) collect(reference);
    schemas.set(of, schema);
  }
}

/** The text of src/generated/messages.ts: an interface per schema, and the message of each API and type. */
export function messagesFile(apis: MessagesOf[]): string {
  return [
    ...[...schemasOf(apis)].flatMap(([name, schema]) => [
      ...commentOf(schema),
      `export interface ${name} ${bodyOf(schema)}`,
      "",
    ]),
    "/** The messages of each API by `type`; `other` is what any message of it is known to be. */",
    "export interface Messages {",
    ...apis.flatMap(({ api, title, name, types }) => [
      `  /** ${title}. */`,
      `  ${api}: {`,
      ...types.flatMap(({ type, summary }) => [
        `    /** ${summary}. */`,
        `    ${type}: ${name} & { type: ${JSON.stringify(type)} };`,
      ]),
      "    /** A message of any other type, or of none. */",
      `    other: ${name};`,
      "  };",
    ]),
    "}",
    "",
    "/** The APIs whose messages bring back the username and password of the registration. */",
    `export type ApiWithCredentials = ${apis
      .filter(({ hasCredentials }) => hasCredentials)
      .map(({ api }) => JSON.stringify(api))
      .join(" | ")};`,
    "",
  ].join("\n");
}

/** The text of src/generated/apis.ts: what the listener needs to know of each API when it runs. */
export function apisFile(apis: MessagesOf[]): string {
  const checks = [...schemasOf(apis)].map(([name, schema]) => `const check${name} = ${checkOf(schema)};`);
  const used = ["array", "boolean", "integer", "number", "object", "string"].filter((check) =>
    checks.some((text) => new RegExp(`(?<!")\\b${check}\\b(?!")`).test(text)),
  );
  return [
    `import { ${used.join(", ")} } from "../check.ts";`,
    "",
    ...checks,
    "",
    "export const apis = {",
    ...apis.map(({ api, webhook, mediaType, name, types, hasCredentials, changedByRetry }) => {
      const entry = {
        method: webhook.method.toUpperCase(),
        mediaType,
        types: types.map(({ type }) => type),
        hasCredentials,
        changedByRetry,
      };
      return `  ${api}: ${JSON.stringify(entry).slice(0, -1)}, "check": check${name} },`;
    }),
    "};",
    "",
  ].join("\n");
}

/** The text of src/generated/examples.ts, for tests: the documents' example messages. */
export function examplesFile(apis: MessagesOf[]): string {
  const examples = apis.map(({ api, webhook, mediaType }) => {
    const named = webhook.requestBody?.content[mediaType]?.examples ?? {};
    return [api, Object.values(named).map(({ value }) => value)] as const;
  });
  return `export const examples = ${JSON.stringify(Object.fromEntries(examples), null, 2)};\n`;
}

/** The schemas of all APIs. One that two documents have must be the same in both, because it gets one type. */
function schemasOf(apis: MessagesOf[]): Map<string, NamedSchema> {
  const all = new Map<string, NamedSchema>();
  for (const { api, schemas } of apis) {
    for (const [name, schema] of schemas) {
      const other = all.get(name);
      if (other && JSON.stringify(other) !== JSON.stringify(schema))
        throw new Error(`${api}: the schema ${name} differs from the one of another document`);
      all.set(name, schema);
    }
  }
  return all;
}
