/** What a message says about one device. */
export interface DeviceStatus {
  deviceId: string;
  status: string;
  resultReason?: string;
}

/**
 * Returns the devices that a message of any generation reports on. A member that is missing, `null` or of another type
 * is skipped, because no source documents this part of the messages.
 */
export function readDevices(message: Record<string, unknown>): DeviceStatus[] {
  // In V1, the list is in the member that has the name of the type; in V2 and V3, it is at the top.
  const places = [message, message["upgradeProgress"], message["upgradeFinished"]];
  return places
    .flatMap((place) => (isObject(place) && Array.isArray(place["deviceList"]) ? place["deviceList"] : []))
    .flatMap((device: unknown) => {
      if (!isObject(device)) return [];
      const { deviceId, status, resultReason } = device;
      if (typeof deviceId !== "string" || typeof status !== "string") return [];
      return { deviceId, status, ...(typeof resultReason === "string" && { resultReason }) };
    });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
