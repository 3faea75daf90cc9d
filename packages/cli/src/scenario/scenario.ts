import type { components, operations } from "../generated/control.ts";
import type { Api } from "../generated/facts.ts";

type Schemas = components["schemas"];
type BodyOf<Id extends "sendEvent" | "playUpgrade"> =
  operations[Id]["requestBody"]["content"]["application/json"];

/** A scenario: what happens at the mock, step by step, and what is expected. */
export interface Scenario {
  /** Path of the file, or name of a scenario of the package. */
  file: string;
  name: string;
  /** The state to start from, as `PUT /mock/state` takes it. */
  seed?: Record<string, unknown>;
  steps: Step[];
}

/** A step of a scenario. */
export interface Step {
  /** The words for the report. */
  title: string;
  /** The line of the file. */
  line: number;
  action: Action;
}

/** An account and a generation. */
export interface Place {
  api: Api;
  account: string;
}

/** The action of a step: `kind` is the name that the file uses. */
export type Action =
  | { kind: "register" | "update"; options: Place & { url?: string; username?: string } }
  | { kind: "deregister" | "list"; options: Place }
  | {
      kind: "send";
      options: BodyOf<"sendEvent"> & { count?: number };
    }
  | { kind: "upgrade"; options: Omit<BodyOf<"playUpgrade">, "intervalMs"> & { interval?: number } }
  | { kind: "fault"; options: Schemas["Fault"] }
  | { kind: "advance"; options: number }
  | { kind: "wait" | "expect"; options: Expectation };

/** The entries of the mock that are expected, and their number. Without a number, at least one is expected. */
export interface Expectation extends Pick<Schemas["Expectation"], "count" | "atLeast" | "atMost"> {
  deliveries?: DeliveryFilter;
  requests?: RequestFilter;
  registrations?: { api?: Api; account?: string; url?: string };
  /** The longest time to wait, in milliseconds. */
  within?: number;
}

/** Members that a delivery has. */
export type DeliveryFilter = Partial<Pick<Schemas["Delivery"], "api" | "account" | "type" | "status">> & {
  /** Number of attempts. */
  attempts?: number;
};

/** Members that a request has. */
export type RequestFilter = Omit<Schemas["Expectation"], "count" | "atLeast" | "atMost">;
