import type { Api, Example, Operation, SecurityScheme } from "@thingspace-callbacks/contract/catalogue";

/** One call of an operation with the documents' own examples: what a sample in any language says. */
export interface SampleRequest {
  method: string;
  /** Absolute URL with `{parameters}`. */
  url: string;
  /** Path parameters with their example values. */
  parameters: { name: string; value: string }[];
  headers: SampleHeader[];
  body?: { contentType: string; value: Record<string, unknown> };
}

/** A header whose value ends with an environment variable; Basic joins two of them. */
export interface SampleHeader {
  name: string;
  scheme: "Bearer" | "Basic" | "";
  variables: string[];
}

/** The environment variables that samples take secrets from. */
const variables: Record<SecurityScheme["name"], string[]> = {
  accessToken: ["ACCESS_TOKEN"],
  sessionToken: ["SESSION_TOKEN"],
  applicationKey: ["THINGSPACE_KEY", "THINGSPACE_SECRET"],
  controlToken: ["MOCK_CONTROL_TOKEN"],
};

/** Where the samples expect a listener, as the quick start has it. */
const listener = "http://127.0.0.1:8080/fota";

/** The sender's part: POSTs the example of a message to a listener on this machine. */
export const messageRequest = (message: Operation): SampleRequest => ({
  method: "POST",
  url: listener,
  parameters: [],
  headers: [],
  ...bodyOf(message),
});

export function sampleRequest(api: Api, operation: Operation): SampleRequest {
  return {
    method: operation.method.toUpperCase(),
    url: (api.servers.production ?? api.servers.mock) + operation.path,
    parameters: operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map(({ name, examples }) => ({ name, value: String(firstOf(examples)) })),
    headers: operation.security.map(headerOf),
    ...bodyOf(operation),
  };
}

function bodyOf({ requestBody }: Operation): Pick<SampleRequest, "body"> {
  const [contentType, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (!contentType || !media) return {};
  return { body: { contentType, value: firstOf(media.examples) as Record<string, unknown> } };
}

const firstOf = (examples: Record<string, Example>) => Object.values(examples)[0]?.value;

function headerOf(scheme: SecurityScheme): SampleHeader {
  const values = variables[scheme.name];
  if (!values) throw new Error(`No environment variable is chosen for the security scheme ${scheme.name}`);
  if (scheme.sentAs === "header") return { name: scheme.header, scheme: "", variables: values };
  const name = "Authorization";
  return { name, scheme: scheme.sentAs === "bearer" ? "Bearer" : "Basic", variables: values };
}
