/** How many devices an upgrade has when its request names none. */
const defaultCount = 3;

/** Returns the ids of an upgrade's devices. Devices that are only counted get ids of the mock, from 990000000000001. */
export function readDeviceIds(devices: number | string[] = defaultCount): string[] {
  if (typeof devices !== "number") return devices;
  return Array.from({ length: devices }, (_, index) => String(990_000_000_000_001 + index));
}
