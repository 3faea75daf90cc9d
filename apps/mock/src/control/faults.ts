import type { components } from "@thingspace-callbacks/contract/types/control";

/** A fault for requests that match; control/openapi.yaml describes the members. */
export type Fault = Partial<components["schemas"]["Fault"]>;

/** The effect of a fault on one request. */
export type Effect = Partial<components["schemas"]["FaultEffect"]>;

/** The members that do something to an answer. A schema that demands one of them would break generated clients. */
export const effects = ["status", "delayMs", "drop", "malformed", "body"] as const satisfies (keyof Fault)[];

export const hasEffect = (fault: Fault): boolean =>
  fault.sequence !== undefined || effects.some((effect) => fault[effect] !== undefined);

/** A change of a fault; `fault` is missing when all of them were cleared. */
export interface FaultChange {
  action: "added" | "hit" | "cleared";
  fault?: Fault;
}

/** A request or a message that a fault may hit. */
export interface Target {
  direction: "in" | "out";
  api: string;
  operationId?: string;
  account: string | undefined;
  /** Type of a message. */
  type?: string;
}

/** A fault, and how many requests or messages have matched it. */
export interface SavedFault {
  fault: Fault;
  seen: number;
}

export interface Faults {
  list(): Fault[];
  add(fault: Fault): void;
  clear(): void;
  /** Returns the effect on this request or message, if a fault hits it; it is counted. */
  hit(target: Target): Effect | undefined;
  /** Returns the fault with this number, to be loaded again; undefined when there is none any more. */
  save(number: number): SavedFault | undefined;
  /** Puts a fault back, with its number. */
  load(number: number, saved: SavedFault): void;
}

/** Options for faults. */
export interface FaultsOptions {
  onChange?: ((change: FaultChange) => void) | undefined;
  /** Is told the number of each fault that has to be saved again. */
  onSave?: ((number: number) => void) | undefined;
}

export function createFaults({ onChange, onSave }: FaultsOptions = {}): Faults {
  let faults: (SavedFault & { number: number })[] = [];
  let highest = 0;
  const load = (number: number, { fault, seen }: SavedFault) => {
    highest = Math.max(highest, number);
    faults.push({ number, fault, seen });
  };
  return {
    list: () => faults.map(({ fault }) => fault),
    add: (fault) => {
      load(highest + 1, { fault, seen: 0 });
      onSave?.(highest);
      onChange?.({ action: "added", fault });
    },
    clear: () => {
      const cleared = faults;
      faults = [];
      for (const { number } of cleared) onSave?.(number);
      onChange?.({ action: "cleared" });
    },
    hit: (target) => {
      if (faults.length === 0) return undefined;
      const entry = faults.find(({ fault }) => matches(fault, target));
      if (!entry) return undefined;
      const { fault } = entry;
      entry.seen += 1;
      if (fault.share !== undefined) onSave?.(entry.number);
      // A share of 0.25 hits every fourth request: in turn, so that a test can count on it.
      const share = fault.share ?? 1;
      if (Math.floor(entry.seen * share) === Math.floor((entry.seen - 1) * share)) return undefined;
      const [effect = fault, ...rest] = fault.sequence ?? [];
      const left = withOneLess(fault, rest);
      if (left) entry.fault = left;
      else faults = faults.filter((other) => other !== entry);
      if (left !== fault) onSave?.(entry.number);
      onChange?.({ action: "hit", fault });
      return effect;
    },
    save: (wanted) => {
      const found = faults.find(({ number }) => number === wanted);
      return found && { fault: found.fault, seen: found.seen };
    },
    load,
  };
}

function matches(fault: Fault, { direction, api, operationId, account, type }: Target): boolean {
  return (
    (fault.direction ?? "in") === direction &&
    (fault.api ?? api) === api &&
    (fault.operationId ?? operationId) === operationId &&
    (fault.account ?? account) === account &&
    (fault.type ?? type) === type
  );
}

/** Returns what is left of a fault after a hit; undefined when it has hit for the last time. */
function withOneLess(fault: Fault, sequence: Effect[]): Fault | undefined {
  if (fault.sequence) return sequence.length > 0 ? { ...fault, sequence } : undefined;
  if (fault.times === undefined) return fault;
  return fault.times > 1 ? { ...fault, times: fault.times - 1 } : undefined;
}
