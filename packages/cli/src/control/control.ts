import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-code.ts";
import type { operations } from "../generated/control.ts";
import { control } from "../generated/facts.ts";
import { createUnreachable } from "../service/unreachable.ts";
import type { Settings } from "../settings/settings.ts";

type Id = keyof operations;
type Json<Part> = Part extends { content: { "application/json": infer Body } } ? Body : never;
type Responses<Name extends Id> = operations[Name]["responses"];

/** The data of a response of the mock's control API. */
export type ControlData<Name extends Id> = Json<Responses<Name>[keyof Responses<Name> & (200 | 202)]>;

/** A call of the mock's control API. */
export interface ControlCall<Name extends Id = Id> {
  operationId: Name;
  /** Values of the path's parameters. */
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: Json<operations[Name]["requestBody"]>;
}

/** Calls the control API of the mock and resolves with the data of its response. */
export type Control = <Name extends Id>(call: ControlCall<Name>) => Promise<ControlData<Name>>;

type Environment = Record<string, string | undefined>;

const timeoutMs = 70_000;

/** Creates the calls of the control API. @throws {CliError} unless the environment is the mock */
export function createControl(settings: Settings, env: Environment): Control {
  const { environment, origin, space } = settings;
  if (environment !== "mock") {
    throw new CliError(
      "MOCK_ONLY",
      `--environment ${environment}: only the mock can do this.`,
      "Start the mock and use --environment mock.",
    );
  }
  const token = readControlToken(env);
  const headers = {
    "Content-Type": "application/json",
    ...(token && { [control.tokenHeader]: token }),
    ...(space && { "X-Mock-Space": space }),
  };
  return async <Name extends Id>(call: ControlCall<Name>) => {
    const { method, url } = describeCall(origin, call);
    const init = {
      method,
      headers,
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(timeoutMs),
    };
    const response = await fetch(url, init).catch((error: Error) => {
      const { code = error.name } = (error.cause ?? {}) as { code?: string };
      throw createUnreachable(settings, code);
    });
    const data = await response.json().catch(() => undefined);
    if (!response.ok) throw createRefused(response.status, data);
    return data as ControlData<Name>;
  };
}

const readControlToken = (env: Environment) => env["MOCK_CONTROL_TOKEN"] || undefined;

/** Returns true if the control API gets a token, which is for one mock. */
export const hasControlToken = (env: Environment) => readControlToken(env) !== undefined;

function describeCall(origin: string, { operationId, path = {}, query = {} }: ControlCall) {
  const operation = control.operations[operationId];
  if (!operation) throw new Error(`The control API has no operation ${operationId}`);
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return { method: operation.method, url: `${origin}${control.base}${filled}${search ? `?${search}` : ""}` };
}

function createRefused(status: number, data: unknown): CliError {
  const { errorCode = `STATUS_${status}`, errorMessage = `The mock responded with status ${status}.` } =
    (data ?? {}) as { errorCode?: string; errorMessage?: string };
  const remedy = {
    401: "Set MOCK_CONTROL_TOKEN to the value of the mock's --control-token.",
    404: "Check --origin, and that the mock was not started with --no-control.",
  }[status];
  return new CliError(errorCode, errorMessage, remedy ?? "The mock's message says why.", exitCodes.refused);
}
