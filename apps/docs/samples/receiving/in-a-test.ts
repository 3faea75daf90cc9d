import assert from "node:assert/strict";
import { createTestCallback } from "@thingspace-callbacks/listener/testing";
import { listener } from "./listener-v2.ts";

const url = `https://listener.example.com/fota/${process.env["CALLBACK_SECRET"]}`;
const request = createTestCallback({ api: "v2", type: "statusChanged", url });
const response = await listener(request);
assert.equal(response.status, 204);
