/** An IPv6 address has at most 45 characters, and a zone is a name of a network interface. */
const maxLength = 100;

/**
 * Returns the canonical form of an IP address, for comparisons: IPv6 as a URL writes it, without a zone; IPv4 as
 * `::ffff:192.0.2.1`, the form in which it reaches a server that listens on both.
 *
 * @returns undefined for anything else, such as a range, a host name or an address with a port.
 */
export function canonicalizeAddress(address: string): string | undefined {
  if (address.length > maxLength) return undefined;
  const [ipv6 = ""] = (address.includes(":") ? address : `::ffff:${address}`).split("%", 1);
  const url = `http://[${ipv6}]`;
  return /^[\da-f:.]+$/i.test(ipv6) && URL.canParse(url) ? new URL(url).hostname : undefined;
}
