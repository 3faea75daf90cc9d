import {
  isThingSpaceApiError,
  isThingSpaceCredentialsError,
  isThingSpaceNetworkError,
  isThingSpaceTimeoutError,
  OptionError,
} from "@thingspace-callbacks/client";
import { CommanderError } from "commander";
import { CliError } from "../cli-error.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { credentialVariables, toVariable } from "../settings/settings.ts";

/** An error as the command shows it, without secrets. */
export interface ErrorReport {
  code: string;
  message: string;
  /** The remedy, in words for the user. */
  remedy: string;
  exitCode: ExitCode;
}

/** Describes an error for the user. */
export function describeError(error: unknown): ErrorReport {
  if (error instanceof CliError) {
    const { code, message, remedy, exitCode } = error;
    return { code, message, remedy, exitCode };
  }
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, "");
    const remedy = "Run: thingspace-callbacks --help";
    return { code: "USAGE", message, remedy, exitCode: exitCodes.usage };
  }
  if (error instanceof OptionError) return describeOptionError(error);
  return describeCallError(error) ?? describeUnknown(error);
}

/** The client names its own options; the user has variables, a profile and arguments. */
function describeOptionError({ code, option, message }: OptionError): ErrorReport {
  const exitCode = exitCodes.usage;
  const [group, member] = option.split(".");
  if (group === "credentials" && member !== undefined) {
    const variable = toVariable(member);
    const remedy = `Correct ${variable}, or the member credentials.${member} of the profile.`;
    return { code, message: message.replace(option, variable), remedy, exitCode };
  }
  const remedy =
    code === "INVALID_ARGUMENT"
      ? `Correct the ${option}.`
      : "Correct the option or the profile that sets it.";
  return { code, message, remedy, exitCode };
}

function describeCallError(error: unknown): ErrorReport | undefined {
  if (isThingSpaceCredentialsError(error)) {
    const { reason, message, operation } = error;
    const exitCode = {
      missing: exitCodes.usage,
      rejected: exitCodes.refused,
      unknown: exitCodes.unreachable,
    }[reason];
    const remedy = {
      missing: `Set ${credentialVariables}.`,
      rejected: `Correct ${describeCredentials(operation)} before you try again.`,
      unknown: "Check the connection before you try again: the login may have been rejected.",
    }[reason];
    const code = `CREDENTIALS_${reason.toUpperCase()}`;
    return { code, message: message.replace(/ Call authenticate\(credentials\)\.$/, ""), remedy, exitCode };
  }
  if (isThingSpaceApiError(error)) {
    const remedy = "The service refused the call; its message says why.";
    return {
      code: error.code ?? `STATUS_${error.status}`,
      message: error.message,
      remedy,
      exitCode: exitCodes.refused,
    };
  }
  if (isThingSpaceNetworkError(error) || isThingSpaceTimeoutError(error)) {
    const code = isThingSpaceNetworkError(error) ? (error.code ?? "NO_RESPONSE") : "TIMEOUT";
    const remedy = "Check --environment and --origin, the network, and that the mock runs.";
    return { code, message: error.message, remedy, exitCode: exitCodes.unreachable };
  }
  return undefined;
}

/** Names the variables of the credentials that a call sends, and the profile that may have them. */
const describeCredentials = (operation: string) =>
  operation === "auth.requestToken"
    ? "THINGSPACE_KEY and THINGSPACE_SECRET, or the profile,"
    : "THINGSPACE_USERNAME and THINGSPACE_PASSWORD, or the profile,";

function describeUnknown(error: unknown): ErrorReport {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = "This is unexpected; please report it.";
  return { code: "FAILED", message, remedy, exitCode: exitCodes.failed };
}
