import { type CallInfo, redacted } from "./call-info.ts";
import { isObject } from "./check.ts";
import { apiError, type Refusal } from "./errors.ts";
import type { components } from "./generated/auth.ts";
import type { Row } from "./table.ts";

type Schemas = components["schemas"];
type Known = Partial<
  Schemas["ConnectivityManagementResult"] & Schemas["GatewayFault"] & Schemas["OauthProviderError"]
>;

/** What a call comes to, whatever the operation; `Result` says it with the operation's types. */
export type Outcome = { status: number; response: Response; text: string; call: CallInfo } & (
  | { ok: true; data: unknown }
  | { ok: false; error: unknown }
);

/**
 * Makes an answer the outcome of its call.
 *
 * @throws {ThingSpaceApiError} for a 2xx body that is not what the document says.
 */
export function outcomeOf(response: Response, text: string, shape: Row[3], call: CallInfo): Outcome {
  const { ok, status } = response;
  const json = parsed(text);
  if (!ok) return { ok, status, error: json ?? text, text, response, call };
  const body = text ? json : [];
  const data = shape && body && shaped(body, shape);
  if (data === undefined) throw unlike({ call, response });
  return { ok, status, data: data ?? undefined, text, response, call };
}

/** The error for a 2xx that is not what is documented; without the body: that of a login is a token. */
export const unlike = ({ call, response }: Pick<Outcome, "call" | "response">) =>
  apiError(
    call,
    { status: response.status, message: "the body is not the documented JSON." },
    response.headers,
  );

/** Code and message of an answer that is not ok, in whichever of the known forms it has. */
export function refusalOf({ status, error, text, call }: Extract<Outcome, { ok: false }>): Refusal {
  const { fault, errorCode, error: oauthCode, errorMessage, error_description } = error as Unchecked<Known>;
  const { code, message, description } = (fault ?? {}) as Unchecked<Schemas["GatewayFault"]["fault"]>;
  const first = (...values: unknown[]) => {
    const found = values.find((value) => typeof value === "string");
    return found && redacted(call, found);
  };
  return {
    status,
    code: first(errorCode, code, oauthCode),
    message:
      first(
        errorMessage,
        typeof message === typeof description && message && `${message}. ${description}`,
        error_description,
      ) ??
      (redacted(call, text).slice(0, 200) || "the body is empty."),
  };
}

/** What a gateway sends may look like the documented body and be another. */
type Unchecked<T> = { [Member in keyof T]?: unknown };

function parsed(text: string): object | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The documented shape: of an array the sources disagree whether it is one (departure D13), and an empty body is what the
 * vendor calls a list with nothing in it (departure D5).
 */
function shaped(data: object, shape: "array" | readonly string[]): unknown {
  const values: unknown[] = Array.isArray(data) ? data : Object.keys(data).length ? [data] : [];
  if (!values.every(isObject)) return undefined;
  if (shape === "array") return values;
  const value = (values[0] ?? {}) as object;
  return shape.every((member) => member in value) ? value : undefined;
}
