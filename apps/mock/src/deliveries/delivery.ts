import type { components } from "@thingspace-callbacks/contract/types/control";
import type { Attempt } from "./sender.ts";

export type Status = components["schemas"]["Delivery"]["status"];

/** A message on its way. */
export interface Delivery {
  id: number;
  api: string;
  account: string;
  url: string;
  type: string;
  /** The message as JSON text; it may hold a password and is never listed. */
  message: string;
  status: Status;
  attempts: (Attempt & { at: string })[];
  acceptedAt: number;
  /** Not to be sent before, in milliseconds since the epoch. */
  dueAt: number;
  /** The delivery whose message is sent again. */
  repeats?: number | undefined;
}

/** Reads a delivery from its row in the database. */
export function toDelivery(row: Record<string, unknown>): Delivery {
  return {
    id: Number(row["id"]),
    api: String(row["api"]),
    account: String(row["account"]),
    url: String(row["url"]),
    type: String(row["type"]),
    message: String(row["message"]),
    status: row["status"] as Status,
    attempts: JSON.parse(String(row["attempts"])),
    acceptedAt: Number(row["accepted_at"]),
    dueAt: Number(row["due_at"]),
    ...(row["repeats"] !== null && { repeats: Number(row["repeats"]) }),
  };
}
