import type { Fault } from "../api/call.ts";

/** The parts of a fault, for a reader. */
export interface DescribedFault {
  matches: string;
  effect: string;
  often: string;
}

/** Describes a fault. Members that are not known here, such as those of a newer mock, are effects. */
export function describeFault(fault: Fault): DescribedFault {
  const { direction = "in", api, operationId, account, type, times, share, sequence, ...effect } = fault;
  const what = direction === "in" ? "requests to the mock" : "messages to listeners";
  const narrowed = Object.entries({ api, operationId, account, type })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${value}`);
  const parts = sequence ?? [effect];
  return {
    matches: [what, ...narrowed].join(", "),
    effect: parts.map(describeEffect).join(", then "),
    often: [
      times === undefined ? (sequence ? "once each" : "always") : `${times} more`,
      ...(share === undefined || share === 1 ? [] : [`${share * 100} % of the requests`]),
    ].join(", "),
  };
}

function describeEffect(effect: object): string {
  const members = Object.entries(effect).filter(([, value]) => value !== undefined);
  if (members.length === 0) return "normal";
  return members
    .map(([name, value]) =>
      value === true ? name : `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`,
    )
    .join(", ");
}
