import type { RequestBody } from "./body.ts";
import type { Operation } from "./operation.ts";

/** The message that the service POSTs to a registered URL. Its `path` is the name of the webhook. */
export interface Message extends Operation {
  body: RequestBody;
  /** Path of the member that has the message's type, such as `["type"]`; a generation without types has none. */
  typePath?: string[];
  /** Path of the member that has the account; messages of a generation that name no account have none. */
  accountPath?: string[];
  /** Paths of the members that can have the identifier of the upgrade. */
  upgradeIdPaths: string[][];
  /** The words of an upgrade's reports. */
  upgradeWords: UpgradeWords;
  /** The members of played upgrades that no source documents for this message. */
  memberEvidence: MemberEvidence[];
  /** The documented types, in the order of the examples. */
  types: MessageType[];
  /** The message brings back the username and password of the registration. */
  hasCredentials: boolean;
  /**
   * Names of members at the top of a message that differ when the sender sends it again, such as a count. A listener
   * leaves them out when it recognizes a repeat.
   */
  changedByRetry: string[];
  /** Addresses that messages come from, as published. */
  sourceAddresses: SourceAddresses;
  /** Ports that a sibling API allows in the URL of a listener. */
  siblingPorts: SiblingPorts;
  /** Behaviours of the sender of messages, measured or documented, by name. */
  senders: Record<string, Sender>;
}

/** Timing and retries of a sender of messages. */
export interface Sender {
  description: string;
  /** How long it waits for the listener's response, in milliseconds. */
  timeLimitMs?: number;
  /** The pause before each retry of a message that was not acknowledged, in milliseconds. */
  repeats: { minPauseMs: number; maxPauseMs: number }[];
  /** Member of the message that counts the attempts, from 1. */
  countMember?: string;
  source: string;
  readOn: string;
}

/** Members of a message that are not documented, and where they come from. */
export interface MemberEvidence {
  /** Names of the members as `formatPath` writes them, such as `upgradeProgress.status`. Members below are included. */
  members: string[];
  /** The members of a sibling API, or a choice of this project. */
  evidence: "sibling" | "ours";
  /** Number of the departure that explains the choice. */
  departure: string;
  reason: string;
}

/** A documented type of message. */
export interface MessageType {
  type: string;
  summary: string;
}

/** The words that the vendor's reports have for the states of an upgrade and its devices. */
export interface UpgradeWords {
  inProgress: string;
  ended: string;
  deviceAccepted: DeviceWords;
  deviceUpgraded: DeviceWords;
  deviceFailed: DeviceWords;
}

/** The part of a report about one device. */
export interface DeviceWords {
  status: string;
  resultReason: string;
}

export interface SourceAddresses {
  description: string;
  addresses: string[];
  source: string;
  readOn: string;
}

/** The ports that a sibling API allows in the URL of a listener. */
export interface SiblingPorts {
  description: string;
  /** Each from `first` to `last`, both included. */
  ranges: { first: number; last: number }[];
  source: string;
  readOn: string;
}

/**
 * Returns what a value has at a path, or undefined.
 *
 * @example
 * getAt({ upgradeScheduled: { upgradeId: "1" } }, ["upgradeScheduled", "upgradeId"]) // "1"
 */
export function getAt(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (parent, name) =>
      typeof parent === "object" && parent !== null && Object.hasOwn(parent, name)
        ? (parent as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}
