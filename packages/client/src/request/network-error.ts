import { type CallInfo, redactText } from "../call/call-info.ts";
import { ThingSpaceNetworkError } from "../result/errors.ts";

/** The members of a runtime's error that tell why a request failed. */
interface Cause {
  code?: unknown;
  syscall?: unknown;
  message?: unknown;
}

/**
 * Returns the error of a call whose request failed. It keeps only the text of what `fetch` threw, which may contain the
 * request with its headers.
 */
export function toNetworkError(thrown: unknown, call: CallInfo): ThingSpaceNetworkError {
  const { code, syscall, message } = findCause(thrown);
  return new ThingSpaceNetworkError(call, `got no response: ${redactText(`${message || code}`, call)}`, {
    code: typeof code === "string" ? code : undefined,
    isUnsent: isUnsent(code, syscall),
  });
}

/** Finds the innermost cause that has a code; if none has one, the innermost. */
function findCause(thrown: unknown): Cause {
  let innermost: Cause | undefined;
  let withCode: Cause | undefined;
  // Causes may form a circle.
  for (let depth = 0, next = thrown; depth < 10 && next !== undefined && next !== null; depth++) {
    innermost = (typeof next === "object" ? next : { message: next }) as Cause;
    if (typeof innermost.code === "string") withCode = innermost;
    // Node.js tries several addresses, and puts the error of each into an AggregateError.
    const { cause, errors } = innermost as { cause?: unknown; errors?: unknown };
    next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return withCode ?? innermost ?? { message: thrown };
}

/**
 * Returns true if the request certainly did not reach the service, because no connection was made. An established
 * connection can fail with `EHOSTUNREACH` or `ETIMEDOUT`, too: the system call tells the two apart, where it is known.
 */
function isUnsent(code: unknown, syscall: unknown): boolean {
  if (typeof syscall === "string" && syscall !== "") return /^(connect|getaddrinfo)$/.test(syscall);
  return typeof code === "string" && unsentCodes.some((pattern) => pattern.test(code));
}

const unsentCodes = [
  // No route, no listener at the port, or no address for the name; Bun has codes of its own.
  /^(ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL|ENOTFOUND|EAI_[A-Z]+)$/,
  /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|ConnectionRefused|FailedToOpenSocket)$/,
  // The certificate was refused before the request was written.
  /CERT|^UNABLE_TO_VERIFY_LEAF_SIGNATURE$|^UNABLE_TO_GET_ISSUER|^HOSTNAME_MISMATCH$|^INVALID_CA$/,
  // A server that does not speak TLS.
  /^ERR_SSL_WRONG_VERSION_NUMBER$/,
  // The runtime refused the request itself.
  /^(ERR_INVALID_|UND_ERR_INVALID_ARG$)/,
];
