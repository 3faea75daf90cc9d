import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import { badRequest } from "../refusal.ts";

const maxDevices = 1_000;
const maxIdLength = 64;

/**
 * Returns the ids of an upgrade's devices. Devices that are only counted get ids of the mock, from 990000000000001.
 *
 * @throws {Refusal} 400 of the operation, for a list of ids that breaks a rule
 */
export function readDeviceIds(operation: Operation, devices: number | unknown[]): string[] {
  if (typeof devices === "number") {
    return Array.from({ length: devices }, (_, index) => String(990_000_000_000_001 + index));
  }
  if (devices.length === 0 || devices.length > maxDevices) {
    throw badRequest(operation, `devices: must have 1 to ${maxDevices} ids.`);
  }
  const wrong = devices.findIndex((id) => !isDeviceId(id));
  if (wrong !== -1) {
    throw badRequest(operation, `devices.${wrong}: must be a text of 1 to ${maxIdLength} characters.`);
  }
  if (new Set(devices).size < devices.length) {
    throw badRequest(operation, "devices: must not have the same id twice.");
  }
  return devices.filter(isDeviceId);
}

function isDeviceId(id: unknown): id is string {
  return typeof id === "string" && id.length > 0 && id.length <= maxIdLength;
}
