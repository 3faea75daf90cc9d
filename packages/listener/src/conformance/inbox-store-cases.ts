import type { InboxStore } from "../inbox/store.ts";
import type { ConformanceCase } from "./case.ts";
import { leaseCases } from "./inbox/leases.ts";
import { orderCases } from "./inbox/order.ts";
import { recordCases } from "./inbox/records.ts";
import { sharingCases } from "./inbox/sharing.ts";
import { storingCases } from "./inbox/storing.ts";

/** The cases that every inbox store must pass. They take milliseconds, except with slow databases. */
export const inboxStoreCases: readonly ConformanceCase<InboxStore>[] = [
  ...storingCases,
  ...orderCases,
  ...leaseCases,
  ...recordCases,
  ...sharingCases,
];
