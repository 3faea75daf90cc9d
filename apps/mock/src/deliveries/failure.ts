import { TargetRefusedError } from "./target/refusal.ts";

const sentences: Record<string, string> = {
  UND_ERR_ABORTED: "aborted",
  UND_ERR_DESTROYED: "aborted",
  UND_ERR_CLOSED: "aborted",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed by the listener",
  EPIPE: "connection closed by the listener",
  UND_ERR_SOCKET: "connection closed by the listener",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "connection closed by the listener",
  ETIMEDOUT: "connecting timed out",
  UND_ERR_CONNECT_TIMEOUT: "connecting timed out",
  EMFILE: "this process has too many open files",
  ENFILE: "this machine has too many open files",
  EADDRNOTAVAIL: "this machine has no free port",
  ENOBUFS: "this machine has no memory for connections",
  ENOMEM: "this machine has no memory for connections",
  EHOSTUNREACH: "host unreachable",
  ENETUNREACH: "network unreachable",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "host could not be looked up",
  UND_ERR_HEADERS_OVERFLOW: "response has too large a header",
  EPROTO: "no TLS at this port",
  ERR_SSL_WRONG_VERSION_NUMBER: "no TLS at this port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "no TLS at this port",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate is signed by an unknown authority",
  CERT_HAS_EXPIRED: "certificate has expired",
  CERT_NOT_YET_VALID: "certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate is for another host",
};

/**
 * Describes in a few words why an attempt failed.
 *
 * @example
 * describeFailure(Object.assign(new Error(), { code: "ECONNREFUSED" })) // "connection refused"
 */
export function describeFailure(error: unknown): string {
  if (error instanceof TargetRefusedError) return `refused: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const { code, message } = error as NodeJS.ErrnoException;
  // undici gives only some of these a code.
  if (error.name === "HTTPParserError") return "response is not HTTP";
  return (code && sentences[code]) || code || message;
}
