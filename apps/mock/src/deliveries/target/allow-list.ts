import ipaddr from "ipaddr.js";
import { type Address, canonicalizeHost, parseLiteral, unwrapAddress } from "./address.ts";

/** Returns true if a host at a port is on the list, or the address that it resolves to if that is given. */
export type AllowList = (host: string, port: number, address?: Address) => boolean;

type Entry = { port?: number } & ({ name: string } | { range: [Address, number] });

/**
 * A list of targets that are allowed although their addresses are not public. An entry is an exact host, a host and port,
 * an IP address with or without a port, or a CIDR range. A name is allowed whatever it resolves to.
 *
 * @example
 * const allows = createAllowList(["10.0.0.0/8", "listener.test", "127.0.0.1:8080", "[::1]:8080"]);
 * allows("listener.test", 443) // true
 * allows("127.0.0.1", 8081) // false
 * @throws {Error} for an entry that is none of these; the message names it
 */
export function createAllowList(entries: string[]): AllowList {
  const list = entries.map(parseEntry);
  return (host, port, address = parseLiteral(host)) => {
    const name = canonicalizeHost(host);
    // `127.0.0.1` means `::ffff:127.0.0.1` too, and `64:ff9b::/96` means the outer address.
    const addresses = address ? [address, unwrapAddress(address)] : [];
    return list.some((entry) => {
      if (entry.port !== undefined && entry.port !== port) return false;
      if ("name" in entry) return entry.name === name;
      return addresses.some((candidate) => isIn(entry.range, candidate));
    });
  };
}

function parseEntry(entry: string): Entry {
  const range = parseRange(entry);
  if (range) return { range };

  // An IPv6 address has colons of its own; with a port it is in brackets, as in a URL.
  const [, host = entry, digits] = /^([^:]+|\[.+\]):(\d{1,5})$/.exec(entry) ?? [];
  const port = digits === undefined ? {} : { port: Number(digits) };
  const address = parseLiteral(host);
  if (port.port === 0 || (port.port ?? 0) > 65535) throw createEntryError(entry);
  if (address) {
    // `10.1` is 10.0.0.1 to the URL parser, and hardly to whoever wrote it.
    if (address.kind() === "ipv4" && address.toString() !== host) throw createEntryError(entry);
    const plain = ipaddr.process(address.toString());
    return { range: [plain, plain.kind() === "ipv4" ? 32 : 128], ...port };
  }
  const name = canonicalizeHost(host);
  if (!name || !/^[\w.-]+$/.test(name)) throw createEntryError(entry);
  return { name, ...port };
}

function parseRange(entry: string): [Address, number] | undefined {
  // ipaddr.js reads `10/8` as 0.0.0.10/8.
  const valid = ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) || ipaddr.IPv6.isValidCIDR(entry);
  return valid ? ipaddr.parseCIDR(entry) : undefined;
}

function isIn([network, bits]: [Address, number], address: Address): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

function createEntryError(entry: string): Error {
  return new Error(`"${entry}" is not a host, host:port, IP address ([::1]:80 with a port) or CIDR range.`);
}
