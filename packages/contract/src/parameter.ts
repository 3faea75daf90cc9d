import type { Example } from "./example.ts";
import type { Schema } from "./schema.ts";

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  description: string;
  isRequired: boolean;
  schema: Schema;
  /** By name, at least one. */
  examples: Record<string, Example>;
}
