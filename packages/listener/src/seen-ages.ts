import { validateWholeNumber } from "./validate.ts";

/** How long a seen store remembers. */
export interface SeenStoreAges {
  /** Milliseconds after a message was handled. Our choice: how late a repeat can come is not known. @default 3600000 */
  maxAgeMs?: number | undefined;
  /**
   * Milliseconds after which a claim ends that was neither committed nor released, because the process ended. Must be longer
   * than any handler takes.
   * @default 60000
   */
  claimMs?: number | undefined;
}

export const seenOptions = { maxAgeMs: true, claimMs: true } satisfies Record<keyof SeenStoreAges, true>;

/** Validates the ages. @throws {OptionError} */
export function createSeenSettings({ maxAgeMs, claimMs }: Record<string, unknown>): Required<{
  [Name in keyof SeenStoreAges]: number;
}> {
  return {
    maxAgeMs: validateWholeNumber(maxAgeMs ?? 3_600_000, "maxAgeMs"),
    claimMs: validateWholeNumber(claimMs ?? 60_000, "claimMs"),
  };
}
