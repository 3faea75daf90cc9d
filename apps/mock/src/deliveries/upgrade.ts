import { randomUUID } from "node:crypto";
import { getAt, getGeneration, type UpgradeWords } from "@thingspace-callbacks/contract";
import { createMessage, type Message, type Recipient } from "./messages.ts";
import { setAt } from "./set-at.ts";

/** An upgrade to play. */
export interface Upgrade {
  /** Ids of the devices, in the order of the messages. */
  deviceIds: string[];
  /** How many of the devices fail: the last ones. */
  failures: number;
}

/** The messages of an upgrade, in order, and the id that they have in common. */
export interface PlannedUpgrade {
  upgradeId: string;
  messages: Message[];
}

/**
 * Plans a whole upgrade: firmware available, scheduled, two status changes of each device, finished. What the messages
 * say about devices is our choice (departures D8, D9 and D37): the members are those of the vendor's upgrade reports, and the
 * words those that the documents have for each generation (`x-upgrade-words`).
 */
export function planUpgrade(recipient: Recipient, { deviceIds, failures }: Upgrade): PlannedUpgrade {
  const words = getGeneration(recipient.api).message.upgradeWords;
  const upgradeId = randomUUID();
  const isFailing = (index: number) => index >= deviceIds.length - failures;
  const outcomes = deviceIds.map((deviceId, index) => ({
    deviceId,
    ...(isFailing(index) ? words.deviceFailed : words.deviceUpgraded),
  }));
  const report = (type: string, status: string, deviceList: object[]) =>
    addUpgrade(recipient, createMessage(recipient, type), type, {
      id: upgradeId,
      members: { status, deviceList },
    });
  const messages = [
    addUpgrade(recipient, createMessage(recipient, "firmwareList"), "firmwareList", { id: upgradeId }),
    schedule(recipient, upgradeId),
    ...[...accept(deviceIds, words), ...outcomes].map((device) =>
      report("upgradeProgress", words.inProgress, [device]),
    ),
    report("upgradeFinished", words.ended, outcomes),
  ];
  return { upgradeId, messages };
}

const accept = (deviceIds: string[], { deviceAccepted }: UpgradeWords) =>
  deviceIds.map((deviceId) => ({ deviceId, ...deviceAccepted }));

function schedule(recipient: Recipient, upgradeId: string): Message {
  const type = "upgradeScheduled";
  const message = createMessage(recipient, type);
  const hasDate = getAt(message, [type, "startDate"]) !== undefined;
  const members = hasDate ? { startDate: new Date().toISOString() } : {};
  return addUpgrade(recipient, message, type, { id: upgradeId, members });
}

/**
 * Adds the upgrade's id where the generation has it in messages of this type, and other members beside it. A message of
 * a type without a place for the id stays as it is.
 */
function addUpgrade(
  { api }: Recipient,
  message: Message,
  type: string,
  { id, members = {} }: { id: string; members?: object },
): Message {
  const { upgradeIdPaths } = getGeneration(api).message;
  const path = upgradeIdPaths.find(({ length, 0: first }) => length === 1 || first === type);
  if (!path) return message;
  const place = path.slice(0, -1);
  return [[path.at(-1) ?? "", id] as const, ...Object.entries(members)].reduce(
    (changed, [name, value]) => setAt(changed, [...place, name], value),
    message,
  );
}
