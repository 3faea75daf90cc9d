import { createCallbackListener } from "@thingspace-callbacks/listener";
import { readDevices } from "./read-devices.ts";

export const listener = createCallbackListener({
  api: "v1",
  verify: { username: "listener", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  on: {
    upgradeProgress: (message) => saveStatus(readDevices(message)),
    upgradeFinished: (message) => saveStatus(readDevices(message)),
    other: () => {},
  },
});

function saveStatus(devices: ReturnType<typeof readDevices>): void {
  for (const { deviceId, status, resultReason } of devices) console.log(deviceId, status, resultReason);
}
