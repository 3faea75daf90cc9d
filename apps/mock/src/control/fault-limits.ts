import {
  findMember,
  generations,
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
/** Members that each effect of a sequence has instead of the fault. */
const besideNoSequence = [...effects, "retryAfter", "taken", "times"] as const;
/** Effects that cannot be seen together with the others: a dropped response has nothing, a truncated one no body. */
const exclusive: { member: keyof Effect; others: (keyof Effect)[] }[] = [
  { member: "drop", others: ["status", "malformed", "body", "retryAfter"] },
  { member: "malformed", others: ["body"] },
];

/**
 * Refuses a fault that does nothing, can match nothing, contradicts itself, has too large a body, or is one too many.
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

/** Returns what is wrong with a fault or one effect of its sequence, if something is. */
function findContradiction(fault: Fault & Effect): string | undefined {
  return findWrongTarget(fault) ?? findWrongSequence(fault) ?? findWrongEffect(fault);
}

/** Returns why a fault matches no request and no message, if it cannot match one. */
function findWrongTarget({ direction, api, operationId, account, type }: Fault): string | undefined {
  if (direction === "out") {
    const names = generations.map(({ name }) => name);
    const isKnown = api === undefined || names.includes(api);
    return isKnown ? undefined : `api: must be one of ${names.join(", ")} with direction out`;
  }
  if (type !== undefined) return "type: must be given with direction out";
  // Control operations must always work, so that faults can be cleared.
  const served = routes.filter((route) => route.api !== "control" && route.api === (api ?? route.api));
  const ids = served.map(({ operation }) => operation.operationId);
  if (operationId !== undefined && !ids.includes(operationId)) {
    return `operationId: must be one of ${[...new Set(ids)].join(", ")}`;
  }
  const matching = served.filter(
    ({ operation }) => operation.operationId === (operationId ?? operation.operationId),
  );
  if (account === undefined || matching.some(({ path }) => path.includes("{account}"))) return undefined;
  const chosen = operationId === undefined ? `api ${api}` : `operationId ${operationId}`;
  return `account: must not be given with ${chosen}, whose path has no account`;
}

function findWrongSequence(fault: Fault): string | undefined {
  if (!fault.sequence) return undefined;
  const beside = besideNoSequence.filter((member) => fault[member] !== undefined);
  return beside.length > 0 ? `sequence: must not be given with ${beside.join(", ")}` : undefined;
}

/** Returns which members of an effect exclude or need each other. */
function findWrongEffect(fault: Fault & Effect): string | undefined {
  const { direction, retryAfter, status, taken, body } = fault;
  const isGiven = (member: keyof Effect) => fault[member] !== undefined;
  const onlyForIn = direction === "out" ? onlyIn.find((member) => fault[member] !== undefined) : undefined;
  if (onlyForIn) return `${onlyForIn}: must not be given with direction out`;
  for (const { member, others } of exclusive) {
    const other = isGiven(member) ? others.find(isGiven) : undefined;
    if (other) return `${other}: must not be given with ${member}`;
  }
  if (retryAfter !== undefined && status === undefined) return "retryAfter: must be given with status";
  if (taken && !hasEffect(fault)) return `taken: must be given with one of ${effects.join(", ")}`;
  const isTooLarge = body !== undefined && Buffer.byteLength(JSON.stringify(body)) > maxBodyBytes;
  return isTooLarge ? `body: must have at most ${maxBodyBytes} bytes` : undefined;
}
