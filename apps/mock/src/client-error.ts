import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

const statuses: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP, has too large a header or comes too slowly, in the APIs' error form, and hangs up. */
export function closeWithError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ""] ?? 400;
  const reason = STATUS_CODES[status] ?? "Error";
  const body = JSON.stringify({ errorCode: "INVALID_REQUEST", errorMessage: `request: ${reason}.` });
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
