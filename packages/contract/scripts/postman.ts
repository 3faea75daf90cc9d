import converter from "openapi-to-postmanv2";
import { clientDocument } from "./client-document.ts";
import type { Document, SecurityScheme } from "./document.ts";

interface Collection {
  info: { _postman_id?: string };
  item: Item[];
  variable: Variable[];
}

/** A folder of requests, or a request with examples of its responses. */
interface Item {
  id?: string;
  item?: Item[];
  request?: PostmanRequest;
  response?: { id?: string }[];
}

interface PostmanRequest {
  method: string;
  url: { path: string[] };
  header: { key: string; value: string }[];
  auth?: { type: "bearer" | "basic"; [type: string]: unknown } | null;
}

interface Variable {
  key: string;
  value: string;
  description?: string;
}

const converterOptions = {
  folderStrategy: "Tags",
  parametersResolution: "Example",
  includeAuthInfoInExample: false,
  optimizeConversion: false,
};

/**
 * Creates a Postman collection from a document. Its base URL, tokens and keys are variables of the collection: the address of the
 * document's first server, and values that the mock takes.
 *
 * The converter keeps only the first scheme of a security requirement, so that every request would get 401.
 * It is given a document without security, and every scheme is added here.
 */
export async function postmanCollection(document: Document): Promise<object> {
  const collection = await convert(withoutSecurity(clientDocument(document)));
  const { securitySchemes } = document.components;
  for (const request of requestsOf(collection.item)) {
    const [requirement = {}] = operationOf(document, request).security ?? document.security;
    for (const name of Object.keys(requirement)) authorize(request, name, securitySchemes[name]);
  }
  collection.variable.push(
    ...Object.entries(securitySchemes).flatMap(([name, scheme]) => variablesOf(name, scheme)),
  );
  removeIds(collection);
  return collection;
}

function convert(document: Document): Promise<Collection> {
  return new Promise((resolve, reject) => {
    converter.convertV2({ type: "json", data: document }, converterOptions, (error, { output, reason }) => {
      const collection = output?.[0]?.data as Collection | undefined;
      if (collection) resolve(collection);
      else reject(error ?? new Error(`${document.info.title}: ${reason}`));
    });
  });
}

function withoutSecurity(document: Document): Document {
  const open = structuredClone(document);
  open.security = [];
  for (const item of Object.values(open.paths)) {
    for (const operation of Object.values(item)) delete operation.security;
  }
  return open;
}

function requestsOf(items: Item[]): PostmanRequest[] {
  return items.flatMap(({ item = [], request }) => (request ? [request] : requestsOf(item)));
}

function operationOf(document: Document, { method, url }: PostmanRequest) {
  const path = `/${url.path.map((segment) => segment.replace(/^:(.+)$/, "{$1}")).join("/")}`;
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${document.info.title} has no operation ${method} ${path}`);
  return operation;
}

/** Adds what a security scheme demands to a request. */
function authorize(request: PostmanRequest, name: string, scheme: SecurityScheme | undefined): void {
  const variable = (key: string) => `{{${key}}}`;
  if (scheme?.type === "apiKey") {
    request.header.push({ key: scheme.name, value: variable(name) });
  } else if (scheme?.type === "oauth2") {
    request.auth = { type: "bearer", bearer: [{ key: "token", value: variable(name), type: "string" }] };
  } else {
    request.auth = {
      type: "basic",
      basic: [
        { key: "username", value: variable(name), type: "string" },
        { key: "password", value: variable(secretOf(name)), type: "string" },
      ],
    };
  }
}

/** The variables that `authorize` refers to. */
function variablesOf(name: string, scheme: SecurityScheme): Variable[] {
  const value = "any";
  const { description } = scheme;
  if (scheme.type !== "http") return [{ key: name, value, description }];
  return [
    { key: name, value, description },
    { key: secretOf(name), value },
  ];
}

const secretOf = (name: string): string => `${name}Secret`;

/** Removes the identifiers, which differ with every conversion; Postman gives its own on import. */
function removeIds({ info, item }: Collection): void {
  delete info._postman_id;
  const remove = (items: Item[]) => {
    for (const entry of items) {
      delete entry.id;
      for (const response of entry.response ?? []) delete response.id;
      remove(entry.item ?? []);
    }
  };
  remove(item);
}
