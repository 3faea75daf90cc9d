import { createCallbackListener } from "@thingspace-callbacks/listener";

// Registered as https://listener.example.com/fota/<the secret>
export const listener = createCallbackListener({
  api: "v2",
  verify: { pathSecret: process.env["CALLBACK_SECRET"] ?? "" },
  on: { other: async ({ id }) => console.log("upgrade", id) },
});
