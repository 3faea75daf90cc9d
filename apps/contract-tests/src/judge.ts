// The only file here that imports Prism: an independent reading of the documents.
import { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import { readPrismDocument } from "@thingspace-callbacks/contract/documents";
import { baseOf, operations } from "./call.ts";
import { readResponse } from "./read-response.ts";

/** A rule of the document that a request or its response breaks, according to Prism. */
export interface Violation {
  side: "request" | "response";
  /** Such as `body.url`. */
  at: string;
  message: string;
}

/** Forwards a request, as a proxy does, and validates it and its response. */
export type Judge = (request: Request) => Promise<{ response: Response; violations: Violation[] }>;

const silent = { child: () => silent } as Record<string, unknown>;
for (const level of ["trace", "debug", "info", "success", "warn", "error", "fatal"]) silent[level] = () => {};

/** Creates Prism as a validating proxy of every API in front of the server that `fetch` reaches. */
export async function createJudge(fetch: (request: Request) => Promise<Response>): Promise<Judge> {
  const apis = await Promise.all(
    [...new Set(operations.map(({ api }) => api))].map(async (api) => ({
      base: baseOf(api),
      operations: await operationsOf(api),
    })),
  );
  // One base path is the beginning of the others.
  apis.sort((a, b) => b.base.length - a.base.length);

  return async (request) => {
    const { pathname, origin } = new URL(request.url);
    const api = apis.find(({ base }) => pathname.startsWith(`${base}/`));
    if (!api) throw new Error(`No document has a server for ${pathname}`);
    const text = await request.clone().text();
    let response: Response | undefined;
    const config = {
      isProxy: true,
      upstream: new URL(origin),
      upstreamProxy: undefined,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      mock: { dynamic: false },
    } as const;
    // The forwarder is what stock Prism has a network call for. A TaskEither is a function that gives a promise.
    const forward = () => () => async () => {
      response = await fetch(request);
      const { status: statusCode, body, headers } = await readResponse(response.clone());
      return { _tag: "Right", right: { statusCode, headers: Object.fromEntries(headers), body } };
    };
    const prism = createInstance(config, { logger: silent as never, forward: forward as never });
    const input = {
      method: request.method.toLowerCase(),
      url: { path: pathname.slice(api.base.length), baseUrl: undefined },
      headers: { ...Object.fromEntries(request.headers), "content-length": `${Buffer.byteLength(text)}` },
      body: parsed(text, request.headers.get("Content-Type")),
    };
    const result = await prism.request(input as never, api.operations)();
    if (result._tag === "Left") throw result.left;
    if (!response) throw new Error("Prism did not pass the request on");
    const { validations } = result.right;
    const violations = (["input", "output"] as const).flatMap((side) =>
      validations[side].map(({ path = [], message }) => ({
        side: side === "input" ? ("request" as const) : ("response" as const),
        at: path.join("."),
        message,
      })),
    );
    return { response, violations };
  };
}

/** As Prism's own server reads a body; what is not JSON stays text, which breaks every schema of an object. */
function parsed(text: string, contentType: string | null): unknown {
  if (text === "") return undefined;
  try {
    return contentType?.includes("json") ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

async function operationsOf(api: string): Promise<IHttpOperation[]> {
  return getHttpOperationsFromSpec(await readPrismDocument(api));
}
