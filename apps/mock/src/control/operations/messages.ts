import { getGeneration } from "@thingspace-callbacks/contract";
import type { operations as Control } from "@thingspace-callbacks/contract/types/control";
import { createMessage, type Message, type Recipient } from "../../deliveries/messages.ts";
import { planUpgrade } from "../../deliveries/upgrade.ts";
import type { Answer, HandlersOf } from "../../operations/handler.ts";
import { createBadRequest } from "../../operations/refusal.ts";
import type { Space } from "../../spaces/space.ts";
import { makeDeviceIds } from "../device-ids.ts";
import { findRecipient } from "../recipient.ts";

const accepted = (body: object): Answer => ({ status: 202, body });

/** The handlers that have messages sent. */
export const messageHandlers: Pick<HandlersOf<Control>, "sendEvent" | "playUpgrade"> = {
  sendEvent: (request) => {
    const { api, type, message } = request.body;
    const hasTypes = getGeneration(api).message.typePath !== undefined;
    if (type === undefined && hasTypes) throw createBadRequest(request.operation, "type: is required.");
    const recipient = findRecipient(request);
    return accepted({
      deliveries: accept(request.space, recipient, [createMessage(recipient, type, message)]),
    });
  },
  playUpgrade: (request) => {
    const { devices, failures, intervalMs, ...named } = request.body;
    const deviceIds = named.deviceIds ?? makeDeviceIds(devices);
    if (new Set(deviceIds).size < deviceIds.length) {
      throw createBadRequest(request.operation, "deviceIds: must not have the same id twice.");
    }
    if (failures > deviceIds.length) {
      throw createBadRequest(request.operation, `failures: must be <= devices (${deviceIds.length}).`);
    }
    const recipient = findRecipient(request);
    const { upgradeId, messages } = planUpgrade(recipient, { deviceIds, failures });
    return accepted({ upgradeId, deliveries: accept(request.space, recipient, messages, intervalMs) });
  },
};

function accept(
  { clock, deliveries, queue }: Space,
  { api, account, registration }: Recipient,
  messages: Message[],
  intervalMs = 0,
): number[] {
  const dueAt = clock.ticks();
  const ids = deliveries.accept(
    messages.map((message, index) => ({
      api,
      account,
      url: registration.url,
      type: typeof message["type"] === "string" ? message["type"] : "",
      message: JSON.stringify(message),
      acceptedAt: clock.now(),
      dueAt: dueAt + index * intervalMs,
    })),
  );
  queue.wake(account);
  return ids;
}
