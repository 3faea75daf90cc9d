import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { toErrorCode } from "../operations/refusal.ts";

const statuses: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Refuses requests that are not HTTP, have too large a header or arrive too slowly, with the APIs' error body, and closes the connection. */
export function closeWithError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ""] ?? 400;
  const reason = STATUS_CODES[status] ?? "Error";
  const why = status === 400 ? `is not HTTP that can be read (${error.code ?? error.message})` : reason;
  const body = errorBody(status, `request: ${why}.`);
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}

/** Responds to an `Expect` header other than `100-continue`. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const body = errorBody(417, "Expect: only 100-continue is understood.");
  response.writeHead(417, { "Content-Type": "application/json" }).end(body);
}

const errorBody = (status: number, message: string) =>
  JSON.stringify({ errorCode: toErrorCode(status), errorMessage: message });
