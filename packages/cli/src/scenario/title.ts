import type { Action, Expectation } from "./scenario.ts";

/** Returns the words for a step that has no name. They contain no URL, because its path may be a secret. */
export function createTitle(action: Action): string {
  switch (action.kind) {
    case "register":
    case "update":
    case "deregister":
    case "list":
      return `${action.kind} ${action.options.api} ${action.options.account}`;
    case "send": {
      const { type, count = 1, account } = action.options;
      return `send ${count === 1 ? "" : `${count} x `}${type ?? "a message"} to ${account}`;
    }
    case "upgrade": {
      const { devices = 3, failures = 0, account } = action.options;
      return `upgrade of ${devices} devices, ${failures} failing, for ${account}`;
    }
    case "fault":
      return `fault ${listMembers(action.options)}`;
    case "advance":
      return `advance the clock by ${action.options / 1000} s`;
    case "wait":
    case "expect":
      return `${action.kind} ${describeExpectation(action.options)}`;
  }
}

/** Returns what is expected, such as `exactly 2 deliveries (status delivered)`. */
export function describeExpectation(expectation: Expectation): string {
  const { deliveries, requests, registrations } = expectation;
  const [name, filter] = deliveries
    ? ["deliveries", deliveries]
    : requests
      ? ["requests", requests]
      : ["registrations", registrations ?? {}];
  const members = listMembers(filter);
  return `${describeCount(expectation)} ${name}${members && ` (${members})`}`;
}

function describeCount({ count, atLeast, atMost }: Expectation): string {
  if (count !== undefined) return `exactly ${count}`;
  const parts = [
    ...(atLeast === undefined && atMost !== undefined ? [] : [`at least ${atLeast ?? 1}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return parts.join(" and ");
}

/** Lists members with a simple value; of others, and of a URL, only the name. */
const listMembers = (members: object) =>
  Object.entries(members)
    .map(([name, value]) => (typeof value === "object" || name === "url" ? name : `${name} ${value}`))
    .join(", ");
