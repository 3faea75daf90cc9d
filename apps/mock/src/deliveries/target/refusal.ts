import { canonicalizeHost, describeSpecialRange, parseLiteral, unwrapAddress } from "./address.ts";

/** A host as a URL has it, and, for a name, one of the addresses that it resolves to. */
export interface Target {
  host: string;
  port: number;
  address?: string;
}

/** The error of a connection of the guard's agent whose target may not be reached. Nothing has been sent. */
export class TargetRefusedError extends Error {
  override readonly name = "TargetRefusedError";
  readonly host: string;

  constructor(host: string, message: string) {
    super(message);
    this.host = host;
  }
}

/**
 * The decision itself, on a target that nobody has allowed: a refusal unless its address is public. A name without an
 * address is not refused, because there is nothing to decide on yet.
 *
 * @example
 * findTargetRefusal({ host: "2130706433", port: 80 })?.message
 * // "2130706433 is 127.0.0.1, a loopback address; allow it with --allow-target 127.0.0.1"
 */
export function findTargetRefusal({ host, address }: Target): TargetRefusedError | undefined {
  if (!canonicalizeHost(host)) return new TargetRefusedError(host, `${host} is not a host`);
  const literal = parseLiteral(address ?? host);
  if (!literal) {
    return address !== undefined
      ? new TargetRefusedError(host, `${host} resolves to ${address}, which is no address`)
      : undefined;
  }
  const range = describeSpecialRange(literal);
  if (!range) return undefined;
  const reached = unwrapAddress(literal).toString();
  const named = !parseLiteral(host);
  const what = named
    ? `resolves to ${reached}, ${range} address`
    : reached === host
      ? `is ${range} address`
      : `is ${reached}, ${range} address`;
  const entry = named ? host : literal.toString();
  return new TargetRefusedError(host, `${host} ${what}; allow it with --allow-target ${entry}`);
}
