import type { components } from "../generated/auth.ts";

type Schemas = components["schemas"];
type Known = Schemas["ConnectivityManagementResult"] &
  Schemas["GatewayFault"] &
  Schemas["OauthProviderError"];

/** Code and message of a response that is not ok. */
export interface Refusal {
  /** The API's `errorCode`, the gateway's `fault.code` or the OAuth provider's `error`. */
  code: string | undefined;
  message: string;
}

/** A gateway may send a body that looks like the documented one and has other members. */
type Unchecked<T> = { [Member in keyof T]?: unknown };

const longestMessage = 1_000;
const longestCode = 200;
const longestText = 200;

/** Reads code and message in whichever of the known forms the body has; otherwise the message is its text. */
export function readRefusal(json: object | undefined, text: string): Refusal {
  const { fault, errorCode, errorMessage, error, error_description } = (json ?? {}) as Unchecked<Known>;
  const gateway = (fault ?? {}) as Unchecked<Schemas["GatewayFault"]["fault"]>;
  const hasGatewayMessage = typeof gateway.message === "string" && typeof gateway.description === "string";
  const gatewayMessage = hasGatewayMessage ? `${gateway.message}. ${gateway.description}` : undefined;
  return {
    code: findText(errorCode, gateway.code, error)?.slice(0, longestCode),
    message:
      findText(errorMessage, gatewayMessage, error_description)?.slice(0, longestMessage) ??
      (text.slice(0, longestText) || "the body is empty."),
  };
}

const findText = (...values: unknown[]) => values.find((value) => typeof value === "string");
