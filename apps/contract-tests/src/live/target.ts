import { getApi } from "@thingspace-callbacks/contract";
import { baseOf } from "../call.ts";

/** The service to compare with the documents, and what it may be asked. */
export interface Target {
  /** For the report. */
  name: string;
  /** Base URL of an API. */
  serverOf(api: string): string;
  key: string;
  secret: string;
  username: string;
  password: string;
  /** Account whose registrations are listed. */
  account: string;
  /** Account that may lose its registrations: with it, callbacks are registered and removed. @default none */
  testAccount?: string | undefined;
  /** URL that is registered for the test account; https. */
  url: string;
  fetch(request: Request): Promise<Response>;
}

const needed = {
  key: "CONTRACT_KEY",
  secret: "CONTRACT_SECRET",
  username: "CONTRACT_USERNAME",
  password: "CONTRACT_PASSWORD",
  account: "CONTRACT_ACCOUNT",
} as const;

/** A setting that is missing or wrong; the message says which, and what was expected. */
export class SettingError extends Error {}

/**
 * Reads the target from the environment.
 *
 * @throws {SettingError}
 */
export function targetFrom(env: Record<string, string | undefined>): Target {
  const name = env["CONTRACT_TARGET"] ?? "";
  if (name !== "production" && !/^https?:\/\/[^/]+$/.test(name)) {
    throw new SettingError(
      `CONTRACT_TARGET must be production, or the origin of a mock such as http://127.0.0.1:4010; it is ${name || "not set"}.`,
    );
  }
  const missing = Object.values(needed).filter((setting) => !env[setting]);
  if (missing.length > 0) throw new SettingError(`Set ${missing.join(", ")} too.`);
  const read = (setting: keyof typeof needed) => env[needed[setting]] ?? "";
  const url = env["CONTRACT_URL"];
  const testAccount = env["CONTRACT_TEST_ACCOUNT"] || undefined;
  if (testAccount !== undefined && !(url && URL.canParse(url) && url.startsWith("https://"))) {
    throw new SettingError(
      "CONTRACT_TEST_ACCOUNT needs CONTRACT_URL, the https URL to register for that account.",
    );
  }
  return {
    name,
    serverOf: (api) => (name === "production" ? getApi(api).servers.production : name + baseOf(api)) ?? "",
    key: read("key"),
    secret: read("secret"),
    username: read("username"),
    password: read("password"),
    account: read("account"),
    testAccount,
    url: url ?? "",
    fetch: (request) => fetch(request, { signal: AbortSignal.timeout(30_000) }),
  };
}
