import { networkInterfaces } from "node:os";

/** Returns an address at which other machines reach one that listens on `address`, which may be that of all interfaces. */
export function findReachableAddress(address: string): string {
  if (address !== "0.0.0.0" && address !== "::") return address;
  const outer = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid);
  const found = outer.find(({ family }) => family === "IPv4") ?? outer[0];
  return found?.address ?? "127.0.0.1";
}
