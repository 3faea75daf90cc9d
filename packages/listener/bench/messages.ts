import { createTestCallback } from "@thingspace-callbacks/listener/testing";

export const credentials = { username: "me", password: "correct horse battery staple" };

/** Creates the bodies to send: the document's example, and a message with a long list. */
export async function createBodies(): Promise<Record<string, string>> {
  const scheduled = createTestCallback({ api: "v1", type: "upgradeScheduled", ...credentials });
  const deviceList = Array.from({ length: 100 }, (_, index) => ({
    deviceId: String(990_000_000_000_001 + index),
    status: "UpgradeSuccess",
    resultReason: "Success",
  }));
  const message = { upgradeProgress: { status: "Finished", deviceList } };
  const finished = createTestCallback({ api: "v1", type: "upgradeProgress", ...credentials, message });
  return {
    upgradeScheduled: await scheduled.text(),
    "upgradeProgress, 100 devices": await finished.text(),
  };
}
