import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, buildConnector } from "undici";
import { parseLiteral } from "./address.ts";
import { createAllowList } from "./allow-list.ts";
import { findTargetRefusal, type Target, type TargetRefusedError } from "./refusal.ts";

/** How the guard decides. */
export interface TargetGuardOptions {
  /** Refuses nothing. */
  allowAll: boolean;
  /** Hosts, `host:port`, IP addresses and CIDR ranges that are allowed although they are not public. */
  allowTargets: string[];
  /** Resolves names. @default dns.lookup */
  lookup?: LookupFunction;
  /** Makes what connects to a target that the guard lets pass, and looks up its name. @default undici's buildConnector */
  buildConnect?: (options: { lookup: LookupFunction }) => buildConnector.connector;
}

/** Keeps callbacks away from what only this machine, or its network, should reach. */
export interface TargetGuard {
  /**
   * Connects only to what is not refused; a request to the rest fails with the refusal. Connections are kept for the next
   * requests to the same origin.
   */
  agent: Agent;
  /**
   * The refusal of a target, nothing when it may be connected to. A name without an address is not decided on yet: the
   * agent asks again with each address that the name resolves to.
   */
  decide: (target: Target) => TargetRefusedError | undefined;
}

/**
 * A connection is closed when nothing was sent on it for so long. Common servers keep idle connections for 2 s and more;
 * to one that announces less than 3 s, undici makes a new connection for each message.
 */
const longestIdleMs = 1_000;
/** After so many messages a connection is closed; the target of the next one is looked up and decided on. */
const mostMessages = 100;

/**
 * Creates a guard that decides on the very address that is connected to, once for each connection: another notation does not get around it, nor
 * does a name that resolves to something else the second time.
 *
 * @example
 * const { agent } = createTargetGuard({ allowAll: false, allowTargets: ["127.0.0.1:8080"] });
 * await request("http://127.0.0.1:8080/", { dispatcher: agent });
 * @throws {Error} when an entry of `allowTargets` cannot be understood; the message names it
 */
export function createTargetGuard({
  allowAll,
  allowTargets,
  lookup = resolve,
  buildConnect = createConnector,
}: TargetGuardOptions): TargetGuard {
  const allows = createAllowList(allowTargets);
  const decide = (target: Target) => {
    const { host, port, address = host } = target;
    return allowAll || allows(host, port, parseLiteral(address)) ? undefined : findTargetRefusal(target);
  };

  const connect: buildConnector.connector = ({ servername, ...options }, callback) => {
    const { hostname: host, protocol } = options;
    const port = Number(options.port) || (protocol === "https:" ? 443 : 80);
    // Nothing is looked up for a literal.
    const refusal = decide({ host, port });
    if (refusal) {
      queueMicrotask(() => callback(refusal, null));
      return;
    }
    // Without TLS, undici may connect to `servername` in place of the host.
    const target = servername && protocol === "https:" ? { ...options, servername } : options;
    buildConnect({ lookup: checkedLookup(port) })(target, callback);
  };

  const checkedLookup =
    (port: number): LookupFunction =>
    (host, options, callback) => {
      lookup(host, { ...options, all: true }, (error, found, family = 0) => {
        if (error) return callback(error, []);
        const addresses = typeof found === "string" ? [{ address: found, family }] : found;
        const [first] = addresses;
        if (!first) return callback(notFound(host), []);
        for (const { address } of addresses) {
          const refusal = decide({ host, port, address });
          if (refusal) return callback(refusal, []);
        }
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    };

  // A connection stays with the address that was decided on, so that nothing is decided again while it is kept.
  const agent = new Agent({
    connect,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: longestIdleMs,
    keepAliveMaxTimeout: longestIdleMs,
    maxRequestsPerClient: mostMessages,
  });
  return { agent, decide };
}

function createConnector({ lookup }: { lookup: LookupFunction }): buildConnector.connector {
  return buildConnector({ lookup, allowH2: false, maxCachedSessions: 0 });
}

function notFound(host: string): Error {
  return Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" });
}
