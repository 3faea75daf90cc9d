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

/**
 * Plans a whole upgrade: firmware available, scheduled, two status changes of each device, finished. What the messages
 * say about devices is our choice (departures D8 and D9): the members are those of the vendor's upgrade reports.
 */
export function planUpgrade(recipient: Recipient, { deviceIds, failures }: Upgrade): PlannedUpgrade {
  const upgradeId = randomUUID();
  const progress = (status: string, deviceList: object[]) =>
    recipient.api === "v2"
      ? messageOf(recipient, "upgradeProgress", { id: upgradeId, status, deviceList })
      : messageOf(recipient, "upgradeProgress", { upgradeProgress: { upgradeId, status, deviceList } });

  const isFailing = (index: number) => index >= deviceIds.length - failures;
  const outcomes = deviceIds.map((deviceId, index) =>
    isFailing(index)
      ? { deviceId, status: "UpgradeFailed", resultReason: "Download failed" }
      : { deviceId, status: "UpgradeSuccess", resultReason: "Success" },
  );
  const messages = [
    messageOf(recipient, "firmwareAvailable", recipient.api === "v2" ? { id: upgradeId } : {}),
    scheduled(recipient, upgradeId),
    ...deviceIds.map((deviceId) =>
      progress("InProgress", [{ deviceId, status: "DownloadStarted", resultReason: "" }]),
    ),
    ...outcomes.map((outcome) => progress("InProgress", [outcome])),
    progress("Finished", outcomes),
  ];
  return { upgradeId, messages };
}

function scheduled(recipient: Recipient, upgradeId: string): Message {
  if (recipient.api === "v2") return messageOf(recipient, "upgradeScheduled", { id: upgradeId });
  const message = messageOf(recipient, "upgradeScheduled");
  const details = message["upgradeScheduled"] as object;
  return { ...message, upgradeScheduled: { ...details, upgradeId, startDate: new Date().toISOString() } };
}
