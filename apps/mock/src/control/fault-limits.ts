import {
  findMember,
  getLimit,
  getOperation,
  getSuccess,
  type Operation,
} from "@thingspace-callbacks/contract";
import { createBadRequest } from "../operations/refusal.ts";
import type { Fault } from "./faults.ts";

const addFault = getOperation("control", "addFault");
const maxFaults = getLimit(getSuccess(addFault).response.body?.schema, "maxItems");
const maxBodyBytes = getLimit(findMember(addFault.body?.schema ?? {}, "body"), "x-max-bytes");

/**
 * Refuses a fault that contradicts itself, has too large a body, or is one too many.
 *
 * @param inForce how many faults there are already
 * @throws {Refusal} 400 of the operation
 */
export function demandAcceptable(operation: Operation, fault: Fault, inForce: number): void {
  if (inForce >= maxFaults)
    throw createBadRequest(operation, `fault: there are ${maxFaults} already; clear them.`);
  if (fault.body === undefined) return;
  const contradiction = fault.drop ? "drop" : fault.malformed ? "malformed" : undefined;
  if (contradiction) throw createBadRequest(operation, `body: must not be given with ${contradiction}.`);
  if (Buffer.byteLength(JSON.stringify(fault.body)) > maxBodyBytes) {
    throw createBadRequest(operation, `body: must have at most ${maxBodyBytes} bytes.`);
  }
}
