import { randomUUID } from "node:crypto";
import { type Message, messageOf, type Recipient } from "./messages.ts";

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

interface DeviceStatus {
  status: string;
  resultReason: string;
}

/** The words of the vendor's upgrade reports for the states that an upgrade and its devices pass through. */
interface StatusWords {
  inProgress: string;
  ended: string;
  deviceAccepted: DeviceStatus;
  deviceUpgraded: DeviceStatus;
  deviceFailed: DeviceStatus;
}

const v1Words: StatusWords = {
  inProgress: "InProgress",
  ended: "Finished",
  deviceAccepted: { status: "Device Accepted", resultReason: "" },
  deviceUpgraded: { status: "UpgradeSuccess", resultReason: "Success" },
  deviceFailed: { status: "UpgradeFailed", resultReason: "Download failed" },
};

/** Spelled as the vendor's page "Campaign Lifecycle Flow for v2" prints them. A campaign in progress is still scheduled. */
const v2Words: StatusWords = {
  inProgress: "CampaignScheduled",
  ended: "CampaignEnded",
  deviceAccepted: { status: "Accepted", resultReason: "" },
  deviceUpgraded: { status: "UpgradeSuccess", resultReason: "Download and install succeeded." },
  deviceFailed: { status: "UpgradedFailed for UpgradePending", resultReason: "RovaClientDownloadFailed" },
};

/**
 * Plans a whole upgrade: firmware available, scheduled, two status changes of each device, finished. What the messages
 * say about devices is our choice (departures D8 and D9): the members are those of the vendor's upgrade reports.
 */
export function planUpgrade(recipient: Recipient, { deviceIds, failures }: Upgrade): PlannedUpgrade {
  const isV2 = recipient.api === "v2";
  const words = isV2 ? v2Words : v1Words;
  const upgradeId = randomUUID();
  const report = (type: "upgradeProgress" | "upgradeFinished", status: string, deviceList: object[]) =>
    isV2
      ? messageOf(recipient, type, { id: upgradeId, status, deviceList })
      : messageOf(recipient, type, { [type]: { upgradeId, status, deviceList } });

  const isFailing = (index: number) => index >= deviceIds.length - failures;
  const accepted = deviceIds.map((deviceId) => ({ deviceId, ...words.deviceAccepted }));
  const outcomes = deviceIds.map((deviceId, index) => ({
    deviceId,
    ...(isFailing(index) ? words.deviceFailed : words.deviceUpgraded),
  }));
  const messages = [
    messageOf(recipient, "firmwareList", isV2 ? { id: upgradeId } : {}),
    scheduled(recipient, upgradeId),
    ...[...accepted, ...outcomes].map((device) => report("upgradeProgress", words.inProgress, [device])),
    report("upgradeFinished", words.ended, outcomes),
  ];
  return { upgradeId, messages };
}

function scheduled(recipient: Recipient, upgradeId: string): Message {
  if (recipient.api === "v2") return messageOf(recipient, "upgradeScheduled", { id: upgradeId });
  const message = messageOf(recipient, "upgradeScheduled");
  const details = message["upgradeScheduled"] as object;
  return { ...message, upgradeScheduled: { ...details, upgradeId, startDate: new Date().toISOString() } };
}
