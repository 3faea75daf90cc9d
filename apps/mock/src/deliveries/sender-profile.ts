import { generations } from "@thingspace-callbacks/contract";

/** The time limit of a listener, and the retries of a message. */
export interface SenderProfile {
  /** How long the listener may take to respond, in milliseconds. */
  timeoutMs: number;
  /** The pause before each repeat of a message that was not taken, in milliseconds; chosen between the two. */
  pauses: Pause[];
  /** Member of the message that counts its attempts, from 1. */
  countMember?: string | undefined;
}

export interface Pause {
  minMs: number;
  maxMs: number;
}

/** The mock's own patience, for developers who stop in a debugger. */
const patient: SenderProfile = { timeoutMs: 10_000, pauses: createFixedPauses([1_000, 4_000, 16_000]) };

const documented = Object.assign(
  {},
  ...generations.map(({ message }) => message.senders),
) as (typeof generations)[number]["message"]["senders"];

/** Names of the profiles: the mock's own, and those that the documents have evidence for (`x-senders`). */
export const senderNames = ["patient", ...Object.keys(documented)];

/** Returns a profile by its name, or undefined when there is none of that name. */
export function findSenderProfile(name: string): SenderProfile | undefined {
  if (name === "patient") return patient;
  const sender = Object.hasOwn(documented, name) ? documented[name] : undefined;
  return (
    sender && {
      timeoutMs: sender.timeLimitMs ?? patient.timeoutMs,
      pauses: sender.repeats.map(({ minPauseMs, maxPauseMs }) => ({ minMs: minPauseMs, maxMs: maxPauseMs })),
      countMember: sender.countMember,
    }
  );
}

/** Returns pauses of exactly these lengths. */
export function createFixedPauses(lengthsMs: number[]): Pause[] {
  return lengthsMs.map((ms) => ({ minMs: ms, maxMs: ms }));
}
