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
  server: SampleServer;
  /** Path below the server, with `{parameters}`. */
  path: string;
  /** Path parameters with their example values. */
  parameters: { name: string; value: string }[];
  headers: SampleHeader[];
  body?: { contentType: string; value: Record<string, unknown> };
}

/** A server that a sample calls. */
export interface SampleServer {
  /** URL without a path, which the sample calls if nothing else is set. */
  url: string;
  /** The URL in the environment variable `THINGSPACE_URL` that makes the sample call the mock. */
  mock?: string;
}

/** The environment variable with the URL of the server that the samples call instead of ThingSpace. */
export const serverVariable = "THINGSPACE_URL";

/** Returns the sentence with which samples say how they call the mock. */
export const explainMock = (mock: string) => `${serverVariable}=${mock} calls the mock.`;

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

/** The server and path at which the samples expect a listener, the same as in the quick start. */
const listener = { server: { url: "http://127.0.0.1:8080" }, path: "/fota" };

/** Returns the request of a sender that POSTs the example of a message to a listener on this machine. */
export const messageRequest = (message: Operation): SampleRequest => ({
  method: "POST",
  ...listener,
  parameters: [],
  headers: [],
  ...bodyOf(message),
});

export function sampleRequest(api: Api, operation: Operation): SampleRequest {
  return {
    method: operation.method.toUpperCase(),
    ...addressOf(api, operation),
    parameters: operation.parameters
      .filter((parameter) => parameter.in === "path")
      .map((parameter) => ({ name: parameter.name, value: String(getFirstExample(parameter)) })),
    headers: operation.security.map(headerOf),
    ...bodyOf(operation),
  };
}

function addressOf({ servers }: Api, operation: Operation): Pick<SampleRequest, "server" | "path"> {
  const { origin, pathname } = new URL(servers.production ?? servers.mock);
  const path = pathname + operation.path;
  if (servers.production === undefined) return { server: { url: origin }, path };
  // The mock serves an API at the path of the service, or at this path below another one, such as /legacy.
  return { server: { url: origin, mock: servers.mock.slice(0, -pathname.length) }, path };
}

function bodyOf({ body }: Operation): Pick<SampleRequest, "body"> {
  if (!body) return {};
  const value = getFirstExample(body) as Record<string, unknown>;
  return { body: { contentType: body.mediaType, value } };
}

/** Splits a path into its fixed parts and its parameters, which have odd indexes. */
export const splitPath = (path: string) => path.split(/\{(\w+)\}/);

const schemes = { bearer: "Bearer", basic: "Basic", header: "" } as const;

function headerOf({ token, sentAs, header }: SecurityScheme): SampleHeader {
  return { name: header, scheme: schemes[sentAs], variables: variables[token] };
}
