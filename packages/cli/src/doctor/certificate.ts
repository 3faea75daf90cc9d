import { once } from "node:events";
import { connect } from "node:tls";
import type { Finding } from "./finding.ts";

/** The certificate of a server, as far as it is judged. */
export interface Certificate {
  /** True if its chain ends at an authority that Node.js trusts, and the name fits. */
  isTrusted: boolean;
  /** Why not, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  reason?: string;
  /** The day on which it expires. */
  validTo: string;
}

const timeoutMs = 10_000;
const soonMs = 14 * 86_400_000;

/** Reads the certificate of a server. @throws {Error} when there is no TLS connection */
export async function readCertificate(host: string, port: number): Promise<Certificate> {
  const servername = /^[\d.:[\]]+$/.test(host) ? undefined : host;
  // It is judged here, so that the reason can be shown.
  const socket = connect({ host, port, ...(servername && { servername }), rejectUnauthorized: false });
  socket.setTimeout(timeoutMs, () =>
    socket.destroy(Object.assign(new Error("timeout"), { code: "ETIMEDOUT" })),
  );
  try {
    await once(socket, "secureConnect");
    const reason = socket.authorizationError as unknown as Error | string | null;
    return {
      isTrusted: socket.authorized,
      ...(reason && { reason: typeof reason === "string" ? reason : reason.message }),
      validTo: socket.getPeerCertificate().valid_to,
    };
  } finally {
    socket.destroy();
  }
}

/** Judges a certificate as ThingSpace will, which trusts public authorities only. */
export function judgeCertificate({ isTrusted, reason, validTo }: Certificate, now = Date.now()): Finding {
  const check = "certificate";
  const leftMs = Date.parse(validTo) - now;
  const day = new Date(Date.parse(validTo) || 0).toISOString().slice(0, 10);
  if (leftMs <= 0) {
    return { check, outcome: "failed", message: `It expired on ${day}.`, remedy: "Renew it." };
  }
  if (!isTrusted) {
    return {
      check,
      outcome: "failed",
      message: `Its chain is not trusted (${reason}).`,
      remedy:
        "Use a certificate of a public authority for this name, and let the server send the whole chain.",
    };
  }
  if (leftMs < soonMs)
    return { check, outcome: "warning", message: `It expires on ${day}.`, remedy: "Renew it." };
  return { check, outcome: "ok", message: `Its chain is public; it expires on ${day}.` };
}
