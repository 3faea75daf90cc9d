import { setTimeout as delay } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import { createApiOption } from "../callbacks/options.ts";
import { CliError } from "../cli-error.ts";
import { formatExamples, type Invocation, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import { type Control, type ControlCall, createControl } from "../control/control.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Api } from "../generated/facts.ts";
import { waitForDeliveries } from "./deliveries.ts";
import { demandKnownType, demandNoType } from "./known-type.ts";
import { buildMembers } from "./message.ts";
import { printDeliveries } from "./print.ts";
import { findTarget } from "./target.ts";

interface TriggerOptions {
  api?: Api;
  account?: string;
  wait: number;
  set?: string[];
  unknown?: boolean;
  file?: string;
  repeat?: number;
  rate?: number;
  devices?: number;
  failures?: number;
  interval?: number;
}

/** Adds `trigger`. */
export function addTrigger(program: Command, context: Context): void {
  const command = program
    .command("trigger")
    .summary("let the mock send messages")
    .description("Let the mock send a message, or the messages of a whole upgrade, to the registered URL.")
    .argument("[type]", "type of the message, such as upgradeScheduled, or the word upgrade")
    .addOption(createApiOption())
    .option(
      "--account <account>",
      "account whose URL gets the message; the default is the only one registered",
    )
    .option("--wait <seconds>", "time to wait for the listener's response", readCount, 10)
    .option("--set <path=value>", "message: set a member (repeatable)", appendOne)
    .option("--file <file>", "message: JSON object whose members replace those of the example")
    .option("--unknown", "message: send a type that the documents do not have")
    .option("--repeat <number>", "message: number of messages to send (default: 1)", readPositive)
    .option("--rate <number>", "message: messages per second", readPositive)
    .option("--devices <number>", "upgrade: number of devices (default: 3)", readPositive)
    .option("--failures <number>", "upgrade: number of devices whose upgrade fails (default: 0)", readCount)
    .option("--interval <ms>", "upgrade: milliseconds between two messages (default: 0)", readCount)
    .addHelpText(
      "after",
      formatExamples(
        "trigger upgradeScheduled",
        "trigger upgradeScheduled --set upgradeScheduled.firmwareName=x",
        "trigger typeOfTomorrow --unknown",
        "trigger upgrade --devices 3 --failures 1",
      ),
    );
  setAction<TriggerOptions, [string | undefined]>(command, context, (invocation, type) =>
    type === "upgrade" ? playUpgrade(invocation) : sendMessages(invocation, type),
  );
}

async function sendMessages(
  invocation: Invocation<TriggerOptions>,
  type: string | undefined,
): Promise<ExitCode> {
  const { context, settings, options } = invocation;
  refuseOptions(options, ["devices", "failures", "interval"], "only for trigger upgrade");
  const control = createControl(settings, context.io.env);
  const target = await findTarget(control, options);
  if (type === undefined && options.file === undefined) demandNoType(target.api);
  if (type !== undefined && !options.unknown) demandKnownType(target.api, type);
  const message = buildMembers(target.api, type, options);
  const body = { ...target, ...(type !== undefined && { type }), ...(message && { message }) };
  const { ids, stoppedBy } = await sendAll(control, body, options);
  const found = await waitForDeliveries(control, ids, options.wait * 1000);
  const exitCode = printDeliveries(invocation, found, { isComplete: stoppedBy === undefined });
  if (stoppedBy !== undefined) throw stoppedBy;
  return exitCode;
}

/** Lets the mock send the messages. The ids of those that it accepted before an error are kept. */
async function sendAll(
  control: Control,
  body: NonNullable<ControlCall<"sendEvent">["body"]>,
  { repeat = 1, rate }: TriggerOptions,
): Promise<{ ids: number[]; stoppedBy?: unknown }> {
  const ids: number[] = [];
  try {
    for (let sent = 0; sent < repeat; sent++) {
      if (sent > 0 && rate) await delay(1000 / rate);
      const { deliveries } = await control({ operationId: "sendEvent", body });
      ids.push(...deliveries);
    }
    return { ids };
  } catch (error) {
    if (ids.length === 0) throw error;
    return { ids, stoppedBy: error };
  }
}

async function playUpgrade(invocation: Invocation<TriggerOptions>): Promise<ExitCode> {
  const { context, settings, options } = invocation;
  refuseOptions(options, ["set", "file", "unknown", "repeat", "rate"], "not for trigger upgrade");
  const control = createControl(settings, context.io.env);
  const target = await findTarget(control, options);
  const { devices = 3, failures = 0, interval: intervalMs = 0 } = options;
  const body = { ...target, devices, failures, intervalMs };
  const { deliveries, upgradeId } = await control({
    operationId: "playUpgrade",
    body,
  });
  invocation.output.line(`Upgrade ${upgradeId}`);
  const waitMs = options.wait * 1000 + intervalMs * deliveries.length;
  return printDeliveries(invocation, await waitForDeliveries(control, deliveries, waitMs), { upgradeId });
}

function refuseOptions(options: TriggerOptions, names: (keyof TriggerOptions)[], reason: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given) throw new CliError("USAGE", `--${given} is ${reason}.`, `Leave out --${given}.`);
}

const appendOne = (value: string, all: string[] = []) => [...all, value];

/** Reads a whole number of a flag. */
function readCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A whole number is needed.");
}

/** Reads a whole number of a flag with which 0 would do nothing. */
function readPositive(text: string): number {
  const number = readCount(text);
  if (number > 0) return number;
  throw new InvalidArgumentError("A whole number from 1 on is needed.");
}
