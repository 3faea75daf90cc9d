import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach } from "vitest";
import { type CallbackListener, toNodeHandler } from "../src/index.ts";

/** A request to send, the same for every adapter. */
export interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** Several chunks are sent without a Content-Length. */
  body?: string | Uint8Array | Uint8Array[] | undefined;
}

export interface Received {
  status: number;
  headers: Headers;
  /** The reason in the body, if the response has a body. */
  error: string | undefined;
}

export interface Adapter {
  adapter: "web" | "node";
  send(listener: CallbackListener, sent: Sent): Promise<Received>;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Starts a node:http server for a handler, until the end of the test. Returns its origin. */
export async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const web: Adapter = {
  adapter: "web",
  send: async (listener, { method = "POST", path = "/", headers = {}, body }) => {
    const content = Array.isArray(body) ? Readable.toWeb(Readable.from(body)) : body;
    // The types of fetch do not know that a stream as a body needs `duplex`.
    const init = { method, headers, ...(content !== undefined && { body: content, duplex: "half" }) };
    const response = await listener(new Request(`http://localhost${path}`, init as RequestInit));
    return toReceived(response.status, response.headers, await response.text());
  },
};

export const node: Adapter = {
  adapter: "node",
  send: async (listener, sent) => sendTo(await serve(toNodeHandler(listener)), sent),
};

/** The adapters that must behave alike. */
export const adapters: Adapter[] = [web, node];

export async function sendTo(
  origin: string,
  { method = "POST", path = "/", headers = {}, body }: Sent,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = send(origin + path, { method, headers }, async (response) => {
      const all = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
      const content = await text(response).catch(() => "");
      resolve(toReceived(response.statusCode ?? 0, new Headers(all as [string, string][]), content));
    });
    request.on("error", reject);
    if (Array.isArray(body)) {
      for (const chunk of body) request.write(chunk);
      request.end();
    } else request.end(body);
  });
}

function toReceived(status: number, headers: Headers, body: string): Received {
  return { status, headers, error: body === "" ? undefined : JSON.parse(body).error };
}
