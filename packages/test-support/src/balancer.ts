import { once } from "node:events";
import { createServer, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";

/** A balancer in front of several servers. */
export interface Balancer {
  origin: string;
  close(): Promise<void>;
}

/**
 * Starts a balancer that sends each request to the next of the origins in turn, and passes requests and responses on as they
 * come, event streams too. When a server does not respond, the response is 502.
 *
 * @example
 * const balancer = await startBalancer(["http://127.0.0.1:4010", "http://127.0.0.1:4011"]);
 */
export async function startBalancer(origins: string[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer((request, response) => {
    const origin = origins[turn++ % origins.length] ?? "";
    const { method, headers, url = "" } = request;
    const outgoing = sendRequest(origin + url, { method, headers }, (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, incoming.headers);
      response.flushHeaders();
      incoming.pipe(response);
      incoming.once("error", () => response.destroy());
    });
    outgoing.once("error", () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    response.once("close", () => outgoing.destroy());
    request.pipe(outgoing);
  }).listen(0, "127.0.0.1");
  // Longer than any client's, or a request may arrive on a connection that is being closed.
  server.keepAliveTimeout = 120_000;
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
