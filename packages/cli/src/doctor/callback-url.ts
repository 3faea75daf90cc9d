import { once } from "node:events";
import { connect } from "node:net";
import { publishedAddresses } from "@thingspace-callbacks/listener";
import { siblingPorts } from "../generated/facts.ts";
import { isLoopbackHostname } from "../generated/loopback.ts";
import { judgeCertificate, readCertificate } from "./certificate.ts";
import type { Finding } from "./finding.ts";

const timeoutMs = 5_000;

/** Checks the URL of a listener: its protocol, its port and its certificate. Nothing but a TLS handshake is sent, and to this machine nothing. */
export async function checkCallbackUrl(url: URL): Promise<Finding[]> {
  if (isLoopbackHostname(url.hostname)) {
    return [
      {
        check: "callback URL",
        outcome: "warning",
        message: `${url.hostname} is this machine: only a mock on it reaches the listener.`,
        remedy: "For ThingSpace register a public URL.",
      },
      await checkListener(url),
    ];
  }
  if (url.protocol !== "https:") {
    return [
      checkPort(url),
      {
        check: "callback URL",
        outcome: "warning",
        message: `${url.host} is plain http: others can read the messages and their password.`,
        remedy: "Register an https URL.",
      },
    ];
  }
  return [checkPort(url), await checkCertificate(url)];
}

/** Connects to a listener on this machine, and sends nothing. */
async function checkListener({ hostname, port, protocol, host }: URL): Promise<Finding> {
  const check = "listener";
  // IPv6 addresses have brackets in URLs.
  const socket = connect(
    Number(port || (protocol === "https:" ? 443 : 80)),
    hostname.replace(/^\[|\]$/g, ""),
  );
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error("no connection in time")));
  try {
    await once(socket, "connect");
    return { check, outcome: "ok", message: `${host} accepts connections.` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      check,
      outcome: "failed",
      message: `${host} accepts no connection (${code ?? message}): no message arrives there.`,
      remedy: "Start the listener, or register the URL at which it listens.",
    };
  } finally {
    socket.destroy();
  }
}

function checkPort({ port, host, protocol }: URL): Finding {
  const check = "port";
  const number = Number(port || (protocol === "https:" ? 443 : 80));
  if (siblingPorts.some(({ first, last }) => number >= first && number <= last)) {
    return { check, outcome: "ok", message: `${host}: a sibling API allows port ${number} (departure D30).` };
  }
  const allowed = siblingPorts.map(({ first, last }) => (first === last ? first : `${first}-${last}`));
  return {
    check,
    outcome: "warning",
    message: `${host}: it is not documented which ports ThingSpace sends these messages to. A sibling API allows only ${allowed.join(", ")} (departure D30).`,
    remedy: "Use one of these ports if you can.",
  };
}

async function checkCertificate({ hostname, port, host }: URL): Promise<Finding> {
  try {
    const finding = judgeCertificate(await readCertificate(hostname, Number(port || 443)));
    return { ...finding, message: `${host}: ${finding.message}` };
  } catch (error) {
    const { code = "no TLS" } = error as NodeJS.ErrnoException;
    return {
      check: "certificate",
      outcome: "failed",
      message: `${host} cannot be reached from here (${code}).`,
      remedy: "Check the name, the firewall and that the server runs.",
    };
  }
}

/** Says what the addresses of the sender mean for a firewall. */
export function describeFirewall(): Finding {
  const { addresses, readOn } = publishedAddresses;
  return {
    check: "firewall",
    outcome: "ok",
    message: `Messages come from ${addresses.join(", ")}, as published when read in ${readOn}. They may change: do not rely on them alone.`,
  };
}
