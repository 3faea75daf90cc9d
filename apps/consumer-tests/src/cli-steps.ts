import { type CliLane, sendMessage } from "./cli-lane.ts";

/** A call of the command line, and what is expected of it. */
export interface CliStep {
  /** The command, without its options. */
  command: string;
  args?: string[];
  env?: Record<string, string>;
  /** @default 0 */
  exitCode?: number;
  /** The command calls no mock, and refuses a space. */
  isLocal?: boolean;
  /** Members that the printed JSON has; of several lines, the last. */
  json?: object;
  /** A part of the output, for a command that prints no JSON. */
  text?: string;
  /** For a command that runs until it is ended: what to do once it has printed its first line. */
  whenReady?: (lane: CliLane) => Promise<void>;
  /** Lines of output after which a command that runs is ended. @default 1 */
  lines?: number;
}

const account = "0242078689-00001";
const other = "0242078690-00001";
const at = (api: string) => ["--api", api, "--account", account];

/** Every command once, in an order in which each finds what it needs. */
export const listSteps = (listenerUrl: string, isMockSupported: boolean): CliStep[] => [
  {
    command: "login lab",
    env: {
      THINGSPACE_KEY: "key",
      THINGSPACE_SECRET: "secret",
      THINGSPACE_USERNAME: "somebody",
      THINGSPACE_PASSWORD: "password",
    },
    json: { profile: "lab" },
  },
  { command: "whoami", json: { profile: "lab", username: "somebody" } },
  {
    command: "callbacks register",
    args: [account, other, "--api", "v1", "--url", listenerUrl],
    json: { accounts: [{ ok: true }, { ok: true, after: [{ api: "v1", url: listenerUrl }] }] },
  },
  {
    command: "callbacks move",
    args: [other, "--from", "v1", "--to", "v2"],
    json: { accounts: [{ ok: true }] },
  },
  {
    command: "callbacks update",
    args: [other, "--api", "v2", "--url", "https://example.com/new"],
    json: { accounts: [{ after: [{ url: "https://example.com/new" }] }] },
  },
  { command: "callbacks deregister", args: [other, "--api", "v2"], json: { accounts: [{ after: [] }] } },
  {
    command: "callbacks list",
    args: [account, "--api", "v1"],
    json: { accounts: [{ after: [{ api: "v1" }] }] },
  },
  { command: "callbacks audit", args: [account], json: { accounts: [{ account, ok: true }] } },
  { command: "doctor", args: ["--account", account], json: { ok: true } },
  { command: "trigger upgradeScheduled", args: at("v1"), json: { deliveries: [{ status: "delivered" }] } },
  { command: "trigger upgrade", args: [...at("v1"), "--devices", "1"], json: { ok: true } },
  { command: "run happy-upgrade expired-tokens", json: { ok: true, scenarios: [{}, {}] } },
  // The listener accepts everything, which is wrong.
  {
    command: "check-listener",
    args: [listenerUrl, "--api", "v1"],
    isLocal: true,
    exitCode: 1,
    json: { ok: false },
  },
  { command: "listen", args: at("v1"), whenReady: sendMessage, lines: 2, json: { event: "message" } },
  { command: "record", args: at("v1"), whenReady: sendMessage, lines: 2, json: { event: "message" } },
  { command: "record report", args: ["messages.jsonl"], isLocal: true, json: { messages: 1 } },
  isMockSupported
    ? { command: "mock --port 0", whenReady: async () => {} }
    : { command: "mock --port 0", exitCode: 2 },
  { command: "completion bash", text: "thingspace-callbacks complete" },
  { command: "check-listener --help", text: "--yes-send-to" },
  { command: "logout", isLocal: true, json: { profile: "lab", deleted: true } },
];
