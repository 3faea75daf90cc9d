import { type Api, apis } from "@thingspace-callbacks/contract";
import { getAdvice } from "./error-advice.ts";

/** An error from the examples of the documents. */
export interface ErrorCode {
  shape: string;
  code: string;
  /** Summaries of the examples, once per cause. */
  causes: string[];
  status: string;
  /** Names of the documents that contain the error. */
  apis: string[];
  advice: string;
}

/** Returns every error of every document, those of the real service first. */
export function errorCodes(): ErrorCode[] {
  const found = new Map<string, ErrorCode>();
  for (const api of apis) for (const error of errorsOf(api)) add(found, api.name, error);
  return [...found.values()];
}

type Found = Pick<ErrorCode, "shape" | "code" | "status"> & { cause: string };

function errorsOf({ operations }: Api): Found[] {
  return operations.flatMap(({ responses }) =>
    Object.entries(responses)
      .filter(([status]) => Number(status) >= 400)
      .flatMap(([status, { body }]) =>
        Object.values(body?.examples ?? {}).map(({ summary, value }) => ({
          status,
          cause: summary,
          ...codeOf(value),
        })),
      ),
  );
}

function codeOf(value: unknown): Pick<ErrorCode, "shape" | "code"> {
  const { errorCode, error, fault } = value as {
    errorCode?: string;
    error?: string;
    fault?: { code: string };
  };
  if (errorCode) return { shape: "errorCode, errorMessage", code: errorCode };
  if (error) return { shape: "error, error_description", code: error };
  if (fault) return { shape: "fault", code: fault.code };
  throw new Error(`The form of this error is unknown: ${JSON.stringify(value)}`);
}

function add(all: Map<string, ErrorCode>, api: string, { shape, code, status, cause }: Found): void {
  // The vendor's page prints placeholders where codes would be.
  if (code === "error code string") return;
  const key = [shape, code, status].join();
  const known = all.get(key) ?? { shape, code, status, causes: [], apis: [], advice: getAdvice(code) };
  if (!known.causes.includes(cause)) known.causes.push(cause);
  if (!known.apis.includes(api)) known.apis.push(api);
  all.set(key, known);
}
