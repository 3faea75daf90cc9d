import type { components } from "@thingspace-callbacks/contract/types/control";

/** What goes wrong for requests that match; control/openapi.yaml describes the members. */
export type Fault = Partial<components["schemas"]["Fault"]>;

/** The members that do something to an answer. A schema that demands one of them would break generated clients. */
export const effects = ["status", "delayMs", "drop", "malformed", "body"] as const satisfies (keyof Fault)[];

export const hasEffect = (fault: Fault): boolean => effects.some((effect) => fault[effect] !== undefined);

export interface Faults {
  list(): Fault[];
  add(fault: Fault): void;
  clear(): void;
  /** The fault that hits this request, if one does; it is counted. */
  hit(api: string, operationId: string, account: string | undefined): Fault | undefined;
}

/** What happened to a fault; `fault` is missing when all of them were cleared. */
export interface FaultChange {
  action: "added" | "hit" | "cleared";
  fault?: Fault;
}

export function createFaults({ onChange }: { onChange?: (change: FaultChange) => void } = {}): Faults {
  let faults: { fault: Fault; seen: number }[] = [];
  return {
    list: () => faults.map(({ fault }) => fault),
    add: (fault) => {
      faults.push({ fault, seen: 0 });
      onChange?.({ action: "added", fault });
    },
    clear: () => {
      faults = [];
      onChange?.({ action: "cleared" });
    },
    hit: (api, operationId, account) => {
      const entry = faults.find(
        ({ fault }) =>
          (fault.api ?? api) === api &&
          (fault.operationId ?? operationId) === operationId &&
          (fault.account ?? account) === account,
      );
      if (!entry) return undefined;
      const { fault } = entry;
      entry.seen += 1;
      // A share of 0.25 hits every fourth request: in turn, so that a test can count on it.
      const share = fault.share ?? 1;
      if (Math.floor(entry.seen * share) === Math.floor((entry.seen - 1) * share)) return undefined;
      if (fault.times !== undefined) {
        const left = fault.times - 1;
        if (left === 0) faults = faults.filter((other) => other !== entry);
        else entry.fault = { ...fault, times: left };
      }
      onChange?.({ action: "hit", fault });
      return fault;
    },
  };
}
