/**
 * Returns true if a host name is this machine's loopback: `localhost`, 127.0.0.0/8 or ::1.
 *
 * @param hostname as `URL.hostname` has it, or an address with or without brackets
 */
export function isLoopbackHostname(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return ["localhost", "::1", "[::1]"].includes(name) || isLoopbackIPv4(name);
}

/**
 * Returns true if the host of a request, or an address to listen on, is this machine's loopback.
 *
 * @param host as the header `Host` has it: with or without a port
 */
export function isLoopbackHost(host: string): boolean {
  return isLoopbackHostname(host) || isLoopbackHostname(host.replace(/:\d{1,5}$/, ""));
}

function isLoopbackIPv4(name: string): boolean {
  const parts = name.split(".");
  return parts.length === 4 && parts[0] === "127" && parts.every((part) => /^\d{1,3}$/.test(part));
}
