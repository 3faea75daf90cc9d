/**
 * The one form of an IP address, to compare by: IPv6 as a URL writes it, without a zone; IPv4 as `::ffff:192.0.2.1`, which
 * is how it comes to a server that listens on both.
 *
 * @returns undefined when it is none, such as a range, a host name or an address with a port.
 */
export function canonicalAddress(address: string): string | undefined {
  const [ipv6 = ""] = (address.includes(":") ? address : `::ffff:${address}`).split("%");
  const url = `http://[${ipv6}]`;
  return /^[\da-f:.]+$/i.test(ipv6) && URL.canParse(url) ? new URL(url).hostname : undefined;
}
