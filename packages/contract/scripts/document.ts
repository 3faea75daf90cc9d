/** The parts of a bundled OpenAPI document that the build changes. */
export interface Document {
  info: { title: string; "x-registration"?: string };
  servers: { url: string; "x-environment": string }[];
  security: Requirement[];
  tags: { name: string }[];
  paths: Record<string, PathItem>;
  webhooks?: Record<string, PathItem>;
  components: { securitySchemes: Record<string, SecurityScheme> };
}

/** The schemes that are demanded together, by name. */
type Requirement = Record<string, string[]>;

export type SecurityScheme = { description: string } & (
  | { type: "oauth2" }
  | { type: "http"; scheme: "basic" }
  | { type: "apiKey"; name: string }
);

/** Operations by method, and `parameters`. */
export type PathItem = Record<string, DocumentOperation>;

export interface DocumentOperation {
  operationId?: string;
  tags?: string[];
  security?: Requirement[];
  callbacks?: Record<string, Record<string, PathItem>>;
}

/** Returns the document with the mock as the first server, for tools that take the first. */
export function withMockFirst(document: Document): Document {
  const isMock = (server: Document["servers"][number]) => server["x-environment"] === "mock";
  const { servers } = document;
  return {
    ...document,
    servers: [...servers.filter(isMock), ...servers.filter((server) => !isMock(server))],
  };
}

/**
 * Returns the document with an operationId in each callback, made from the callback's name: `fotaMessage` becomes
 * `receiveFotaMessage`. The one description of a message is referenced as a webhook and as callbacks; bundling copies it
 * with its operationId to each place, and an operationId may occur once in a document.
 *
 * @throws {Error} when two callbacks have one name: generators declare a type per name, twice then.
 */
export function withNamedCallbacks(document: Document): Document {
  const named = structuredClone(document);
  const operations = Object.values(named.paths).flatMap((item) => Object.values(item));
  const callbacks = operations.flatMap((operation) => Object.entries(operation.callbacks ?? {}));
  const names = new Set<string>();
  for (const [name, callback] of callbacks) {
    if (names.has(name)) throw new Error(`${document.info.title}: two callbacks are called ${name}`);
    names.add(name);
    for (const { post } of Object.values(callback)) {
      if (post) post.operationId = `receive${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    }
  }
  return named;
}
