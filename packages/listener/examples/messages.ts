// The listener of the examples. It prints messages; yours saves them.
import { createCallbackListener } from "@thingspace-callbacks/listener";

export const listener = createCallbackListener({
  api: "v1",
  verify: { username: "me", password: process.env["CALLBACK_PASSWORD"] ?? "" },
  on: {
    upgradeScheduled: ({ upgradeScheduled }) => console.log("scheduled", upgradeScheduled?.upgradeId),
    upgradeProgress: ({ upgradeProgress }) => console.log("progress", JSON.stringify(upgradeProgress)),
    upgradeFinished: ({ upgradeFinished }) => console.log("finished", JSON.stringify(upgradeFinished)),
    other: ({ type }) => console.log("other", type),
  },
});
