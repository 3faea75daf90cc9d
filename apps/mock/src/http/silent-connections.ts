import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** A request on its way when the server is closed may take so long to arrive, and a connection may be idle so long. */
const silenceMs = 500;
/** A response that has begun when the server is closed, or begins later, may take so long at least to be read. */
const readingMs = 2_000;
/** No connection may keep a closed server waiting for longer. */
const lastMs = 30_000;

/** A connection of a client, and the responses of its requests until they have been sent. */
interface Connection {
  socket: Socket;
  responses: Set<ServerResponse>;
  /** The number of bytes that had been read when the last response was sent; missing before the first one. */
  answeredBytes?: number;
}

/**
 * Ends connections soon after the server is closed: those without a request, those whose request does not arrive whole in
 * time, those whose client does not read its response, and at last all others. Browsers and fetch connect in advance, and a
 * closed server of Node.js waits for what they send for ever.
 */
export function endSilentConnections(app: FastifyInstance, requestTimeoutMs: number): void {
  // By the client's address, because a TLS socket and the socket below it have the same.
  const connections = new Map<string, Connection>();
  const add = (socket: Socket) => {
    const client = describeClient(socket);
    connections.set(client, { socket, responses: new Set() });
    socket.once("close", () => {
      if (connections.get(client)?.socket === socket) connections.delete(client);
    });
  };
  app.server.on("connection", add);
  app.server.on("secureConnection", add);
  app.server.on("request", (request, response) => {
    const connection = connections.get(describeClient(request.socket));
    if (!connection) return;
    const { socket, responses } = connection;
    responses.add(response);
    response.on("close", () => {
      responses.delete(response);
      connection.answeredBytes = socket.bytesRead;
    });
  });
  app.addHook("preClose", (done) => {
    const endWhere = (isLate: (connection: Connection) => boolean) => {
      for (const connection of connections.values()) {
        if (isLate(connection)) connection.socket.destroy();
      }
    };
    // That of Node.js also ends connections whose response is ended but not sent whole yet.
    app.server.closeIdleConnections = () => endWhere(isIdle);
    const isIncomplete = ({ req }: ServerResponse) => !req.complete;
    const begun = new Set<ServerResponse>();
    const endUnread = () => {
      endWhere(({ responses }) => [...responses].some((response) => begun.has(response)));
      for (const { responses } of connections.values()) {
        for (const response of responses) if (response.headersSent) begun.add(response);
      }
    };
    endUnread();
    const timers = [
      setInterval(endWhere, silenceMs, ({ responses }: Connection) => responses.size === 0),
      setInterval(endUnread, readingMs),
      setTimeout(endWhere, requestTimeoutMs, ({ responses }: Connection) =>
        [...responses].some(isIncomplete),
      ),
      setTimeout(endWhere, lastMs, () => true),
    ];
    for (const timer of timers) timer.unref();
    app.server.once("close", () => timers.forEach(clearTimeout));
    done();
  });
}

/** Returns true if every request was answered, and nothing has arrived after the last one. */
const isIdle = ({ socket, responses, answeredBytes }: Connection) =>
  responses.size === 0 && answeredBytes === socket.bytesRead;

const describeClient = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
