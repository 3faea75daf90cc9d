import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { tokens } from "./server.ts";

export const account = "0242078689-00001";

export interface Received {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of a body
  body: any;
}

/** Sends JSON with both tokens and reads JSON. */
export async function call(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: object = tokens,
): Promise<Received> {
  const response = await fetch(origin + path, {
    method,
    headers: { ...headers, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** Starts a listener on loopback that records requests and responds with the given statuses, then 204. */
export async function listen(...statuses: number[]) {
  const messages: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    messages.push((await json(request)) as Record<string, unknown>);
    response.writeHead(statuses.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/fota`,
    messages,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}
