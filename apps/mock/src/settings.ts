import {
  createFixedPauses,
  findSenderProfile,
  type SenderProfile,
  senderNames,
} from "./deliveries/sender-profile.ts";
import { createAllowList } from "./deliveries/target/allow-list.ts";
import { demandPrism } from "./engine/load-prism.ts";
import { readOrigins } from "./http/cors-origins.ts";
import { readPublicUrl } from "./http/public-url.ts";
import { type MockOptions, OptionError } from "./options.ts";

/** The defaults of the options. */
export const defaults = {
  auth: "lenient",
  sessionErrors: "platform",
  engine: "stateful",
  control: true,
  metrics: false,
  listCredentials: false,
  sender: "patient",
  maxOutgoing: 200,
  keepDeliveries: 100_000,
  requestTimeoutMs: 30_000,
  logLevel: "error",
} as const satisfies MockOptions;

/** The values of the options that have a list of them. */
export const choices = {
  auth: ["lenient", "strict"],
  sessionErrors: ["platform", "gateway"],
  engine: ["stateful", "prism"],
  sender: senderNames,
  logLevel: ["silent", "fatal", "error", "warn", "info", "debug", "trace"],
} satisfies { [Name in keyof MockOptions]: string[] };

type WithDefaults = { [Name in keyof typeof defaults]: NonNullable<MockOptions[Name]> };

/** The options of a mock after they have been checked and the defaults filled in. */
export interface Settings
  extends Omit<MockOptions, keyof typeof defaults | "sender" | "retryPausesMs" | "cors">,
    Omit<WithDefaults, "sender"> {
  allowTargets: string[];
  cors?: "*" | string[] | undefined;
  profile: SenderProfile;
}

/**
 * Checks the options of a mock and fills in the defaults: for a program and for the command line alike.
 *
 * @throws {OptionError} for the first option that cannot be used.
 */
export function readSettings(options: MockOptions): Settings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings = { ...defaults, allowTargets: [], ...(given as MockOptions) };
  for (const name of Object.keys(choices) as (keyof typeof choices)[]) {
    demandChoice(name, settings[name] ?? "");
  }
  for (const name of ["controlToken", "store", "config", "seed"] as const) {
    if (settings[name] === "") throw new OptionError(name, "must not be empty.");
  }
  if (settings.auth === "strict" && settings.config === undefined && settings.seed === undefined) {
    throw new OptionError(
      "auth",
      "strict needs a config file or a seed, which names the applications and users: add --config FILE or --seed FILE (in code, config or seed).",
    );
  }
  demandCount("maxOutgoing", settings.maxOutgoing ?? 0, 1);
  demandCount("keepDeliveries", settings.keepDeliveries ?? 0, 0);
  demandTargets(settings.allowTargets ?? []);
  if (settings.engine === "prism") demandPrism();
  return {
    ...(settings as typeof settings & WithDefaults & { allowTargets: string[] }),
    cors: settings.cors === undefined ? undefined : readOrigins(settings.cors),
    publicUrl: settings.publicUrl === undefined ? undefined : readPublicUrl(settings.publicUrl),
    profile: readProfile(settings),
  };
}

function demandChoice(name: keyof typeof choices, value: string): void {
  const known: readonly string[] = choices[name];
  if (!known.includes(value)) throw new OptionError(name, `must be one of ${known.join(", ")}.`);
}

function demandCount(name: "maxOutgoing" | "keepDeliveries", value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new OptionError(name, `must be a whole number from ${least}.`);
  }
}

function demandTargets(allowTargets: string[]): void {
  try {
    createAllowList(allowTargets);
  } catch (error) {
    throw new OptionError("allowTargets", `has an unknown entry: ${(error as Error).message}`);
  }
}

function readProfile({ sender = defaults.sender, retryPausesMs }: MockOptions): SenderProfile {
  const profile = findSenderProfile(sender);
  if (!profile) throw new Error(`There is no profile for the sender ${sender}`);
  return retryPausesMs ? { ...profile, pauses: createFixedPauses(retryPausesMs) } : profile;
}
