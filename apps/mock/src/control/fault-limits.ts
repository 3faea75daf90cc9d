import {
  findMember,
  getLimit,
  getOperation,
  getSuccess,
  type Operation,
} from "@thingspace-callbacks/contract";
import { createBadRequest } from "../operations/refusal.ts";
import { routes } from "../operations/routes.ts";
import { type Effect, effects, type Fault, hasEffect } from "./faults.ts";

const addFault = getOperation("control", "addFault");
const maxFaults = getLimit(getSuccess(addFault).response.body?.schema, "maxItems");
const maxBodyBytes = getLimit(findMember(addFault.body?.schema ?? {}, "body"), "x-max-bytes");

/** Members that only a response of the mock can have. */
const onlyIn = ["operationId", "malformed", "body", "retryAfter"] as const;

/**
 * Refuses a fault that does nothing, contradicts itself, has too large a body, or is one too many.
 *
 * @param inForce how many faults there are already
 * @param at where the fault is in the body, such as `faults.0.`
 * @throws {Refusal} 400 of the operation
 */
export function demandAcceptable(operation: Operation, fault: Fault, inForce: number, at = ""): void {
  const refuse = (rule: string) => createBadRequest(operation, `${at}${rule}.`);
  if (inForce >= maxFaults) throw refuse(`fault: there are ${maxFaults} already; clear them`);
  if (!hasEffect(fault)) throw refuse(`body: must have one of ${effects.join(", ")}, sequence`);
  const contradiction = findContradiction(fault);
  if (contradiction) throw refuse(contradiction);
  for (const [index, effect] of (fault.sequence ?? []).entries()) {
    const wrong = findContradiction({ ...effect, direction: fault.direction ?? "in" });
    if (wrong) throw refuse(`sequence.${index}.${wrong}`);
  }
}

function findContradiction(fault: Fault & Effect): string | undefined {
  const { api, operationId, sequence, times, drop, malformed, body, direction, type } = fault;
  const ids = routes
    .filter((route) => route.api === (api ?? route.api))
    .map((route) => route.operation.operationId);
  if (operationId !== undefined && !ids.includes(operationId)) {
    return `operationId: must be one of ${[...new Set(ids)].join(", ")}`;
  }
  if (sequence) {
    const beside = [
      ...effects.filter((effect) => fault[effect] !== undefined),
      ...(times === undefined ? [] : ["times"]),
    ];
    if (beside.length > 0) return `sequence: must not be given with ${beside.join(", ")}`;
  }
  const wrong = direction === "out" ? onlyIn.find((member) => fault[member] !== undefined) : undefined;
  if (wrong) return `${wrong}: must not be given with direction out`;
  if (direction !== "out" && type !== undefined) return "type: must be given with direction out";
  if (body === undefined) return undefined;
  if (drop || malformed) return `body: must not be given with ${drop ? "drop" : "malformed"}`;
  const isTooLarge = Buffer.byteLength(JSON.stringify(body)) > maxBodyBytes;
  return isTooLarge ? `body: must have at most ${maxBodyBytes} bytes` : undefined;
}
