import { Command } from "commander";
import { addCallbacks } from "./callbacks/callbacks.ts";
import { addCheckListener } from "./check/command.ts";
import { addCompletion } from "./completion.ts";
import type { Context } from "./context.ts";
import { exampleAccount } from "./defaults.ts";
import { addDoctor } from "./doctor/command.ts";
import { addListen } from "./listen/command.ts";
import { addMock } from "./mock/command.ts";
import { addProfileCommands } from "./profile/commands.ts";
import { addRecord } from "./record/command.ts";
import { addRun } from "./scenario/command.ts";
import { addGlobalOptions } from "./settings/options.ts";
import { addTrigger } from "./trigger/trigger.ts";
import { version } from "./version.ts";

/** Creates the program with all of its commands. It parses nothing yet. */
export function createProgram(context: Context): Command {
  const { io } = context;
  const program = new Command("thingspace-callbacks")
    .description(
      "Registers, tests and watches callbacks of the Verizon ThingSpace FOTA APIs. Unofficial. Nothing is sent to the live service without --environment production or a profile that says so.",
    )
    .version(version, "--version", "show the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true, helpWidth: 80 })
    .configureOutput({
      writeOut: (text) => io.writeOutput(text),
      writeErr: (text) => io.writeError(text),
      // The error is shown once, by `run`.
      outputError: () => {},
    })
    .exitOverride()
    .addHelpText("after", helpText);
  addGlobalOptions(program);
  addCallbacks(program, context);
  addCheckListener(program, context);
  addTrigger(program, context);
  addRun(program, context);
  addListen(program, context);
  addRecord(program, context);
  addProfileCommands(program, context);
  addDoctor(program, context);
  addMock(program, context);
  addCompletion(program);
  return program;
}

const helpText = `
Credentials come from THINGSPACE_KEY, THINGSPACE_SECRET, THINGSPACE_USERNAME and
THINGSPACE_PASSWORD, or from a profile; never from an argument.

Exit codes: 0 success, 1 something failed, 2 wrong usage, 3 refused by the
service, 4 no response.

Examples:
  thingspace-callbacks callbacks list ${exampleAccount}
  thingspace-callbacks listen --forward-to http://127.0.0.1:8080/fota
  thingspace-callbacks check-listener http://127.0.0.1:8080/fota --api v2
  thingspace-callbacks trigger upgrade --devices 3 --failures 1
  thingspace-callbacks run happy-upgrade`;
