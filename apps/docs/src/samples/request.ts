import {
  type Api,
  getFirstExample,
  type Operation,
  type SecurityScheme,
  type Token,
} from "@thingspace-callbacks/contract";

/** A call of an operation with the examples of the documents, from which the samples of all languages are generated. */
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

/** The environment variables from which samples read secrets. */
const variables: Record<Token, string[]> = {
  access: ["ACCESS_TOKEN"],
  session: ["SESSION_TOKEN"],
  application: ["THINGSPACE_KEY", "THINGSPACE_SECRET"],
  control: ["MOCK_CONTROL_TOKEN"],
};

/** The URL at which the samples expect a listener, the same as in the quick start. */
const listener = "http://127.0.0.1:8080/fota";

/** Returns the request of a sender that POSTs the example of a message to a listener on this machine. */
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
      .map((parameter) => ({ name: parameter.name, value: String(getFirstExample(parameter)) })),
    headers: operation.security.map(headerOf),
    ...bodyOf(operation),
  };
}

function bodyOf({ body }: Operation): Pick<SampleRequest, "body"> {
  if (!body) return {};
  const value = getFirstExample(body) as Record<string, unknown>;
  return { body: { contentType: body.mediaType, value } };
}

const schemes = { bearer: "Bearer", basic: "Basic", header: "" } as const;

function headerOf({ token, sentAs, header }: SecurityScheme): SampleHeader {
  return { name: header, scheme: schemes[sentAs], variables: variables[token] };
}
