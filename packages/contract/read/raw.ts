// The parts of a bundled and dereferenced OpenAPI document that are read. `redocly lint` has checked its form.
import type { Example } from "../src/example.ts";
import type { MemberEvidence, Sender, SiblingPorts, SourceAddresses, UpgradeWords } from "../src/message.ts";
import type { Method, Role } from "../src/operation.ts";
import type { Schema } from "../src/schema.ts";

export interface RawDocument {
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    "x-date": string;
    "x-status"?: string;
    "x-registration"?: string;
    "x-not-emulated"?: string[];
  };
  servers: { url: string; "x-environment": string }[];
  security?: RawRequirement[];
  paths: Record<string, RawPathItem>;
  webhooks?: Record<string, RawPathItem>;
  components?: {
    securitySchemes?: Record<string, RawSecurityScheme>;
    schemas?: Record<string, Schema>;
  };
}

export type RawPathItem = { parameters?: RawParameter[] } & { [M in Method]?: RawOperation };

export interface RawOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: RawParameter[];
  requestBody?: { required?: boolean; description: string; content: RawContent };
  responses: Record<string, RawResponse>;
  security?: RawRequirement[];
  "x-role"?: Role;
  "x-failures-to-lock"?: number;
  "x-message-type"?: string;
  "x-account"?: string;
  "x-upgrade-id"?: string[];
  "x-upgrade-words"?: UpgradeWords;
  "x-member-evidence"?: MemberEvidence[];
  "x-changed-by-retry"?: string[];
  "x-source-addresses"?: SourceAddresses;
  "x-sibling-ports"?: SiblingPorts;
  "x-senders"?: Record<string, Sender>;
}

export interface RawParameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description: string;
  schema: Schema;
  examples?: Record<string, Example>;
}

export interface RawResponse {
  description: string;
  headers?: Record<string, { description: string; schema: Schema }>;
  content?: RawContent;
}

/** Examples and schemas by media type. */
export type RawContent = Record<string, { schema: Schema; examples?: Record<string, Example> }>;

/** Scopes by the name of a scheme; all of one requirement are demanded. */
export type RawRequirement = Record<string, string[]>;

export type RawSecurityScheme = {
  "x-token"?: "access" | "session" | "application" | "control";
  "x-lifetime-seconds"?: number;
  "x-idle-lifetime-seconds"?: number;
} & ({ type: "oauth2" } | { type: "http"; scheme: "basic" } | { type: "apiKey"; name: string });
