import { randomUUID } from "node:crypto";
import { type Message, messageOf, type Recipient } from "./messages.ts";

export interface Upgrade {
  devices: number;
  failures: number;
}

/**
 * The messages of a whole upgrade, in order: firmware available, scheduled, two status changes of each device, finished.
 * The last `failures` devices fail. What the messages say about devices is our choice (departures D8 and D9): the members
 * are those of the vendor's upgrade reports.
 */
export function messagesOf(recipient: Recipient, { devices, failures }: Upgrade): Message[] {
  const upgradeId = randomUUID();
  const progress = (status: string, deviceList: object[]) =>
    recipient.api === "v2"
      ? messageOf(recipient, "upgradeProgress", { id: upgradeId, status, deviceList })
      : messageOf(recipient, "upgradeProgress", { upgradeProgress: { upgradeId, status, deviceList } });

  const ids = Array.from({ length: devices }, (_, index) => String(990_000_000_000_001 + index));
  const isFailing = (index: number) => index >= devices - failures;
  const outcomes = ids.map((deviceId, index) =>
    isFailing(index)
      ? { deviceId, status: "UpgradeFailed", resultReason: "Download failed" }
      : { deviceId, status: "UpgradeSuccess", resultReason: "Success" },
  );
  return [
    messageOf(recipient, "firmwareAvailable", recipient.api === "v2" ? { id: upgradeId } : {}),
    scheduled(recipient, upgradeId),
    ...ids.map((deviceId) =>
      progress("InProgress", [{ deviceId, status: "DownloadStarted", resultReason: "" }]),
    ),
    ...outcomes.map((outcome) => progress("InProgress", [outcome])),
    progress("Finished", outcomes),
  ];
}

function scheduled(recipient: Recipient, upgradeId: string): Message {
  if (recipient.api === "v2") return messageOf(recipient, "upgradeScheduled", { id: upgradeId });
  const message = messageOf(recipient, "upgradeScheduled");
  const details = message["upgradeScheduled"] as object;
  return { ...message, upgradeScheduled: { ...details, upgradeId, startDate: new Date().toISOString() } };
}
