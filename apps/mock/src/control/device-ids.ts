/** Makes ids for devices of which only the number is known: 990000000000001 and following. */
export function makeDeviceIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(990_000_000_000_001 + index));
}
