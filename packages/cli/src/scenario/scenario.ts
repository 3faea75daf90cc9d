import type { Api } from "../generated/facts.ts";

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
      options: Place & { type?: string; message?: Record<string, unknown>; count?: number };
    }
  | { kind: "upgrade"; options: Place & { devices?: number; failures?: number; interval?: number } }
  | { kind: "fault"; options: Record<string, unknown> }
  | { kind: "advance"; options: number }
  | { kind: "wait" | "expect"; options: Expectation };

/** The entries of the mock that are expected, and their number. Without a number, at least one is expected. */
export interface Expectation {
  deliveries?: DeliveryFilter;
  requests?: RequestFilter;
  registrations?: { api?: Api; account?: string; url?: string };
  count?: number;
  atLeast?: number;
  atMost?: number;
  /** The longest time to wait, in milliseconds. */
  within?: number;
}

/** Members that a delivery has. */
export interface DeliveryFilter {
  api?: Api;
  account?: string;
  type?: string;
  status?: "pending" | "delivered" | "failed";
  /** Number of attempts. */
  attempts?: number;
}

/** Members that a request has. */
export interface RequestFilter {
  api?: string;
  operationId?: string;
  account?: string;
  direction?: "in" | "out";
  /** A status, or a class of them such as `4xx`. */
  status?: string;
  /** Members that the JSON body has. */
  body?: Record<string, unknown>;
}
