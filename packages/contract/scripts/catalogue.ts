import type {
  Api,
  Method,
  Operation,
  Parameter,
  SecurityScheme,
} from "@thingspace-callbacks/contract/catalogue";

const methods: Method[] = ["get", "post", "put", "patch", "delete"];

type Item = { parameters?: Parameter[] } & { [M in Method]?: RawOperation };
type RawOperation = Omit<Operation, "method" | "path" | "tag" | "security"> & {
  tags: [string];
  security?: Requirement[];
};
type Requirement = Record<string, string[]>;
type RawScheme = { type: "oauth2" } | { type: "http"; scheme: "basic" } | { type: "apiKey"; name: string };

/** What programs need of a dereferenced document: its servers by environment, and its operations as a flat list. */
// biome-ignore lint/suspicious/noExplicitAny: the linter has checked the document; Api is what we make of it.
export function apiOf(document: any): Api {
  const { info, servers, paths, webhooks, security, components } = document;
  const schemes = (requirements: Requirement[]) => {
    const [requirement, ...others] = requirements;
    if (others.length > 0) throw new Error(`${info.title}: one security requirement is expected`);
    return Object.keys(requirement ?? {}).map((name) => schemeOf(name, components.securitySchemes[name]));
  };
  const operationsOf = (items: Record<string, Item> = {}): Operation[] =>
    Object.entries(items).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        if (!operation) return [];
        demandExamples(info.title, operation, item.parameters ?? []);
        const { operationId, summary, description, tags, requestBody, responses } = operation;
        return {
          operationId,
          method,
          path,
          summary,
          description: description.trim(),
          tag: tags[0],
          parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])],
          ...(requestBody && { requestBody }),
          responses,
          security: schemes(operation.security ?? security),
        };
      }),
    );
  return {
    title: info.title,
    version: info.version,
    date: info["x-date"],
    summary: info.summary,
    ...(info["x-status"] && { status: info["x-status"] }),
    servers: serversOf(servers),
    operations: operationsOf(paths),
    webhooks: operationsOf(webhooks),
  };
}

/** What the mock and the tests build on, said here so that a new document fails early and by name. */
function demandExamples(title: string, operation: RawOperation, shared: Parameter[]): void {
  const missing = (what: string) => new Error(`${title}, ${operation.operationId}: ${what} is missing`);
  for (const { name, examples } of [...shared, ...(operation.parameters ?? [])]) {
    if (!examples) throw missing(`a named example of the parameter ${name}`);
  }
  const refusal = operation.responses["400"]?.content?.["application/json"];
  if (refusal && !refusal.examples["invalidParameter"])
    throw missing("the example invalidParameter of response 400");
}

function serversOf(servers: { url: string; "x-environment": string }[]): Api["servers"] {
  const byEnvironment = Object.fromEntries(servers.map((server) => [server["x-environment"], server.url]));
  const { production, mock } = byEnvironment;
  if (!mock) throw new Error("No server is marked x-environment: mock");
  return { ...(production && { production }), mock };
}

function schemeOf(name: string, scheme: RawScheme): SecurityScheme {
  if (scheme.type === "apiKey") return { name, sentAs: "header", header: scheme.name };
  return { name, sentAs: scheme.type === "oauth2" ? "bearer" : scheme.scheme };
}
