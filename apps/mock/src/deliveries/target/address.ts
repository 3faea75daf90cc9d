import ipaddr from "ipaddr.js";

/** An IPv4 or IPv6 address. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

const words: Record<string, string> = {
  unspecified: "an unspecified",
  loopback: "a loopback",
  private: "a private",
  linkLocal: "a link-local",
  uniqueLocal: "a unique-local",
  carrierGradeNat: "a carrier-grade NAT",
  multicast: "a multicast",
  broadcast: "a broadcast",
};

/**
 * A host as the URL parser has it: lower case, Punycode, an IPv4 address as four decimal numbers, an IPv6 address short
 * and in brackets. Nothing for what is no host.
 *
 * @example
 * canonicalizeHost("Listener.TEST.") // "listener.test"
 * canonicalizeHost("127.1") // "127.0.0.1"
 * canonicalizeHost("::ffff:127.0.0.1") // "[::ffff:7f00:1]"
 */
export function canonicalizeHost(host: string): string | undefined {
  // An IPv6 zone says on which link an address is, not which one it is; the URL parser has none.
  const text = host.includes(":") ? `[${host.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "")}]` : host;
  if (/[\s/?#@\\]/.test(text)) return undefined;
  return URL.parse(`http://${text}`)?.hostname.replace(/\.$/, "");
}

/**
 * The address that a host is a literal of, in any form that a URL may have it in; nothing for a name.
 *
 * @example
 * parseLiteral("0x7f.1")?.toString() // "127.0.0.1"
 * parseLiteral("[::1]")?.toString() // "::1"
 * parseLiteral("listener.test") // undefined
 */
export function parseLiteral(host: string): Address | undefined {
  // ipaddr.js alone reads `::127.0.0.1` as `::ffff:127.0.0.1`, which is another address.
  const canonical = canonicalizeHost(host) ?? "";
  if (canonical.startsWith("[")) return ipaddr.IPv6.parse(canonical.slice(1, -1));
  return ipaddr.IPv4.isValidFourPartDecimal(canonical) ? ipaddr.IPv4.parse(canonical) : undefined;
}

/**
 * The address that answers in the end: the IPv4 address inside an IPv4-mapped, NAT64 or 6to4 one, otherwise itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6052#section-2.1 for NAT64, https://www.rfc-editor.org/rfc/rfc3056 for 6to4
 */
export function unwrapAddress(address: Address): Address {
  if (address instanceof ipaddr.IPv4) return address;
  const bytes = address.toByteArray();
  switch (address.range()) {
    case "ipv4Mapped":
      return new ipaddr.IPv4(bytes.slice(12));
    case "rfc6052":
      // 64:ff9b:1::/48 keeps the IPv4 address in a place that only its network knows (RFC 8215).
      return address.parts[2] === 0 ? new ipaddr.IPv4(bytes.slice(12)) : address;
    case "6to4":
      return new ipaddr.IPv4(bytes.slice(2, 6));
    default:
      return address;
  }
}

/**
 * Says in words what an address is when it is not a public one; nothing when it is.
 *
 * @example
 * describeSpecialRange(ipaddr.parse("10.0.0.1")) // "a private"
 */
export function describeSpecialRange(address: Address): string | undefined {
  const reached = unwrapAddress(address);
  const range = reached.range();
  if (range !== "unicast") return words[range] ?? "a reserved";
  // ipaddr.js calls the rest of IPv6 unicast, `::127.0.0.1` among it, but only 2000::/3 is given out (RFC 4291, 2.4).
  const global = reached instanceof ipaddr.IPv4 || (reached.parts[0] ?? 0) >> 13 === 1;
  return global ? undefined : "a reserved";
}
