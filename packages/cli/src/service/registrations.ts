import { type Result, type ThingSpaceClient, unwrap } from "@thingspace-callbacks/client";
import { CliError } from "../cli-error.ts";
import type { Role } from "../facts.ts";
import { type Api, generations } from "../generated/facts.ts";

/** A registration as the command shows it. */
export interface Shown {
  api: Api;
  url: string;
  service?: string;
}

/** Returns what one generation lists for an account. */
export async function listOne(client: ThingSpaceClient, api: Api, account: string): Promise<Shown[]> {
  const data = await callRole(client, api, "list", account);
  const items = [data].flat() as { name?: string; url?: string }[];
  return items.flatMap(({ name, url }) =>
    url ? [{ api, url, ...(name !== undefined && { service: name }) }] : [],
  );
}

/** Returns what every generation lists for an account. */
export const listAll = async (client: ThingSpaceClient, account: string) =>
  (await Promise.all(listApis().map((api) => listOne(client, api, account)))).flat();

/** Calls the operation of a generation that does this with a registration, and returns its data. */
export async function callRole(
  client: ThingSpaceClient,
  api: Api,
  role: Role,
  account: string,
  body?: object,
): Promise<unknown> {
  const { operationId, otherArguments, constants } = getOperation(api, role);
  const operations = client[api] as unknown as Record<
    string,
    (...args: unknown[]) => Promise<Result<unknown>>
  >;
  const call = operations[operationId];
  if (!call) throw new Error(`The client has no operation ${api}.${operationId}`);
  return unwrap(await call(account, ...otherArguments, ...(body ? [{ ...constants, ...body }] : [])));
}

/** Returns the operation of a generation that does this with a registration. */
export function getOperation(api: Api, role: Role) {
  const operation = generations[api].operations[role];
  if (operation) return operation;
  const others = listApis().filter((name) => generations[name].operations[role]);
  throw new CliError(
    "NO_SUCH_OPERATION",
    `--api ${api}: this generation has no operation to ${role} a callback.`,
    `Use register, which replaces the URL, or one of ${others.join(", ")}.`,
  );
}

/** Returns the names of the generations, in the order of the documents. */
export const listApis = () => Object.keys(generations) as Api[];
