import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** A request on its way when the server is closed may take so long to arrive. */
const silenceMs = 500;

/** A connection of a client, and its newest request until that is answered. */
interface Connection {
  socket: Socket;
  request?: IncomingMessage | undefined;
}

/**
 * Ends connections without a request soon after the server is closed, and those whose request does not arrive whole in
 * time. Browsers and fetch connect in advance, and a closed server of Node.js waits for what they send for ever.
 */
export function endSilentConnections(app: FastifyInstance, requestTimeoutMs: number): void {
  // By the client's address, because a TLS socket and the socket below it have the same.
  const connections = new Map<string, Connection>();
  const add = (socket: Socket) => {
    const client = describeClient(socket);
    connections.set(client, { socket });
    socket.once("close", () => {
      if (connections.get(client)?.socket === socket) connections.delete(client);
    });
  };
  app.server.on("connection", add);
  app.server.on("secureConnection", add);
  app.server.on("request", (request, response) => {
    const connection = connections.get(describeClient(request.socket));
    if (!connection) return;
    connection.request = request;
    response.on("close", () => {
      if (connection.request === request) connection.request = undefined;
    });
  });
  app.addHook("preClose", (done) => {
    const endWhere = (isSilent: (connection: Connection) => boolean) => {
      for (const connection of connections.values()) {
        if (isSilent(connection)) connection.socket.destroy();
      }
    };
    setTimeout(endWhere, silenceMs, ({ request }: Connection) => !request).unref();
    setTimeout(endWhere, requestTimeoutMs, ({ request }: Connection) => request?.complete === false).unref();
    done();
  });
}

const describeClient = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
