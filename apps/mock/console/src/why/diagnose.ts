import { isLoopbackHostname } from "@thingspace-callbacks/contract";
import type { Clock, Delivery, Fault, Registration, Spaces } from "../api/call.ts";
import type { GenerationFacts } from "../facts.ts";
import { type Blocker, findBlocker } from "../parts/blocker.ts";
import { formatTime } from "../parts/format.ts";

/** What the console knows of a space. */
export interface Known {
  generations: GenerationFacts[];
  registrations: readonly Registration[];
  deliveries: readonly Delivery[];
  faults: readonly Fault[];
  clock: Clock | undefined;
  spaces: Spaces;
  space: string;
}

/** Something that explains why messages arrive or do not arrive. */
export interface Finding {
  code:
    | "notRegistered"
    | "registered"
    | "loopbackUrl"
    | "nothingSent"
    | "delivered"
    | "failed"
    | "pending"
    | "waiting"
    | "olderUrl"
    | "fault"
    | "frozen"
    | "otherSpaces";
  level: "good" | "bad" | "info";
  text: string;
  /** The deliveries it is about, the newest first. */
  deliveries?: Delivery[];
  /** The generation in which to register. */
  generation?: GenerationFacts;
}

/** So many deliveries of an account are shown. */
const mostDeliveries = 5;

/** Explains what happened to the messages for an account: the cause first, if there is one. */
export function diagnose(account: string, known: Known): Finding[] {
  const findings = [
    ...checkRegistrations(account, known),
    ...checkDeliveries(account, known),
    ...checkFaults(account, known),
    ...checkClock(account, known),
    ...checkSpaces(account, known),
  ];
  const order = { bad: 0, good: 1, info: 2 };
  return findings.sort((one, other) => order[one.level] - order[other.level]);
}

function registrationsOf(account: string, { registrations }: Known): Registration[] {
  return registrations.filter((registration) => registration.account === account);
}

const deliveriesOf = (account: string, { deliveries }: Known) =>
  deliveries.filter((delivery) => delivery.account === account).toReversed();

function checkRegistrations(account: string, known: Known): Finding[] {
  const found = registrationsOf(account, known);
  if (found.length === 0) {
    const [generation] = known.generations;
    const text = `No URL is registered for ${account}, so that the mock has nowhere to send messages.`;
    return [{ code: "notRegistered", level: "bad", text, ...(generation && { generation }) }];
  }
  const names = (api: string) =>
    known.generations.flatMap(({ name, registration }) => (registration === api ? [name] : [])).join(" and ");
  return found.flatMap(({ api, url }): Finding[] => [
    {
      code: "registered",
      level: "good",
      text: `Messages of ${names(api)} go to ${url}. A message of another generation needs a registration of its own.`,
    },
    ...(isLoopbackHostname(new URL(url).hostname)
      ? [
          {
            code: "loopbackUrl",
            level: "info",
            text: `${url} is on the mock's own machine. In a container, that is the container and not its host.`,
          } as const,
        ]
      : []),
  ]);
}

function checkDeliveries(account: string, known: Known): Finding[] {
  const all = deliveriesOf(account, known);
  if (all.length === 0) {
    const text = `The mock was asked to send no message to ${account}. It sends messages only when it is asked to.`;
    return [{ code: "nothingSent", level: "bad", text }];
  }
  const urls = registrationsOf(account, known).map(({ url }) => url);
  const older = all.filter(({ url }) => urls.length > 0 && !urls.includes(url));
  return [
    ...describeDeliveries(all, "failed", "bad", "The listener accepted none of these attempts."),
    ...describePending(all),
    ...describeDeliveries(all, "delivered", "good", "The listener responded with 2xx."),
    ...(older.length > 0
      ? [
          {
            code: "olderUrl",
            level: "info",
            text: "These messages went to a URL that is not registered any more.",
            deliveries: older.slice(0, mostDeliveries),
          } as const,
        ]
      : []),
  ];
}

/** A message that was attempted in vain is a problem already, for those behind it too. */
function describePending(all: Delivery[]): Finding[] {
  const pending = all.filter(({ status }) => status === "pending");
  const [newest] = pending;
  const blocker = newest && findBlocker(newest, all);
  const first = blocker ? pending.find(({ id }) => id === blocker.id) : newest;
  const isRetried = first !== undefined && first.attempts.length > 0;
  const next = first?.nextAttemptAt === undefined ? "" : ` at ${formatTime(first.nextAttemptAt)}`;
  return [
    ...describe("pending", all, first ? [first] : [], {
      level: isRetried ? "bad" : "info",
      explanation: isRetried
        ? `The listener at ${first.url} has accepted no attempt so far; the mock tries again${next}.`
        : "The mock has not finished sending.",
    }),
    ...(blocker ? describeWaiting(all, pending, blocker) : []),
  ];
}

function describeWaiting(all: Delivery[], pending: Delivery[], blocker: Blocker): Finding[] {
  const { id, api, nextAttemptAt, isRetried } = blocker;
  const waiting = pending.filter((delivery) => delivery.id !== id);
  const next = nextAttemptAt === undefined ? "" : `, which is attempted next at ${formatTime(nextAttemptAt)}`;
  return describe("waiting", all, waiting, {
    level: isRetried ? "bad" : "info",
    explanation: `They wait behind delivery ${id} of ${api}${next}. The messages for an account are sent in order, also across generations.`,
  });
}

function describeDeliveries(
  all: Delivery[],
  status: Delivery["status"],
  level: Finding["level"],
  explanation: string,
): Finding[] {
  const found = all.filter((delivery) => delivery.status === status);
  return describe(status, all, found, { level, explanation });
}

function describe(
  code: Delivery["status"] | "waiting",
  all: Delivery[],
  found: Delivery[],
  { level, explanation }: { level: Finding["level"]; explanation: string },
): Finding[] {
  if (found.length === 0) return [];
  const text = `${found.length} of ${all.length} messages: ${code}. ${explanation}`;
  return [{ code, level, text, deliveries: found.slice(0, mostDeliveries) }];
}

function checkFaults(account: string, { faults }: Known): Finding[] {
  const out = faults.filter((fault) => fault.direction === "out" && (fault.account ?? account) === account);
  if (out.length === 0) return [];
  const text = `A fault applies to outgoing messages (${out.length} active), as if the listener failed.`;
  return [{ code: "fault", level: "bad", text }];
}

function checkClock(account: string, known: Known): Finding[] {
  const isWaiting = deliveriesOf(account, known).some(({ status }) => status === "pending");
  if (!known.clock?.frozen) return [];
  const text = "The clock is frozen: retries and intervals wait until it runs or moves.";
  return [{ code: "frozen", level: isWaiting ? "bad" : "info", text }];
}

function checkSpaces(account: string, known: Known): Finding[] {
  if (registrationsOf(account, known).length > 0) return [];
  const others = known.spaces.filter(({ name, registrations }) => name !== known.space && registrations > 0);
  if (others.length === 0) return [];
  const names = others.map(({ name }) => name).join(", ");
  return [{ code: "otherSpaces", level: "info", text: `Other spaces have registrations: ${names}.` }];
}
