// The only file that imports Prism; its libraries are treated as internal API.
import { readFile } from "node:fs/promises";
import { createInstance, getHttpOperationsFromSpec } from "@stoplight/prism-http";
import type { IHttpOperation } from "@stoplight/types";
import type { Answer } from "../operations/handler.ts";
import type { Route } from "../operations/routes.ts";
import type { Preference } from "./prefer.ts";

export interface PrismRequest {
  /** Path below the API's base path, still percent-encoded. */
  path: string;
  headers: Record<string, string>;
  body: unknown;
  preference: Preference;
}

/** Responds with the documents' examples. The request has been validated. */
export type Prism = (route: Route, request: PrismRequest) => Promise<Answer>;

const silent = { level: "silent", child: () => silent } as Record<string, unknown>;
for (const level of ["trace", "debug", "info", "success", "warn", "error", "fatal"]) {
  silent[level] = () => {};
}

/** Loads Prism's reading of the named APIs' documents. */
export async function createPrism(apis: string[]): Promise<Prism> {
  const operations = new Map(
    await Promise.all(apis.map(async (api) => [api, await readOperations(api)] as const)),
  );
  const config = {
    isProxy: false,
    // authentication.ts and validator.ts have judged the request, and say more about what is wrong with it.
    checkSecurity: false,
    validateRequest: false,
    validateResponse: false,
    errors: false,
    upstreamProxy: undefined,
    mock: { dynamic: false },
  } as const;
  const prism = createInstance(config, { logger: silent as never });

  return async ({ api, operation }, request) => {
    const input = {
      method: operation.method,
      url: { path: request.path, baseUrl: undefined },
      headers: request.headers,
      body: request.body,
    };
    // Prism writes into the configuration of a call: each gets its own.
    const own = { ...config, mock: { ...request.preference } };
    const result = await prism.request(input as never, operations.get(api) ?? [], own)();
    if (result._tag === "Left") throw result.left;

    const { output } = result.right;
    return { status: output.statusCode, headers: output.headers ?? {}, body: output.body };
  };
}

async function readOperations(api: string): Promise<IHttpOperation[]> {
  // Without callbacks: with them Prism would POST to any URL that a request names.
  const file = new URL(import.meta.resolve(`#served/${api}.client.json`));
  return getHttpOperationsFromSpec(JSON.parse(await readFile(file, "utf8")));
}
