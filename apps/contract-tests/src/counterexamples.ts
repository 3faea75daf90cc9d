import type { Step } from "./sequence.ts";

/**
 * Sequences that have failed, as fast-check printed them after shrinking; they run first, every time. To keep another
 * one, copy what follows `Counterexample:` in the report of a failure.
 */
export const kept: Step[][] = [
  // The mock kept legacy's registrations where V2's are.
  [
    {
      api: "v2",
      operationId: "registerCallback",
      parameters: { account: "9242978689-99991" },
      body: { url: "https://[::0:0.0.0.0]" },
    },
    {
      api: "legacy",
      operationId: "deregisterCallbackUsingDelete",
      parameters: { account: "9242978689-99991", service: "Fota" },
    },
  ],
  // The mock did not list URLs of more than 40 characters.
  [
    {
      api: "v1",
      operationId: "registerCallback",
      parameters: { account: "0242078689-00001" },
      body: { name: "Fota", url: "https://[::0:0.0.0.100]:10000///a//a////a" },
    },
  ],
];
