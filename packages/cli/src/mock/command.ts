import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { formatExamples, limitInheritedOptions } from "../command.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { findMock } from "./find-mock.ts";
import { demandMockNode, mockNodeText } from "./node-version.ts";

/** Adds `mock`. */
export function addMock(program: Command, context: Context): void {
  const command = program
    .command("mock")
    .summary("start the mock")
    .description(
      `Start the mock, if its package is installed here or beside this command. It needs ${mockNodeText}.`,
    )
    .argument("[arguments...]", "arguments of the mock; mock -- --help lists them")
    .allowUnknownOption()
    .addHelpText("after", formatExamples("mock", "mock --port 4020 --sender measured", "mock -- --help"));
  // They are options of the mock here.
  limitInheritedOptions(command, []);
  // Its own options and variables are those of the mock, so no setting of this command is read.
  command.action(async () => {
    context.exitCode = await startMock(context);
  });
}

async function startMock({ io, args: all }: Context): Promise<ExitCode> {
  demandMockNode();
  const program = findMock([process.cwd(), import.meta.dirname]);
  if (program === undefined) {
    throw new CliError(
      "MOCK_MISSING",
      "The package @thingspace-callbacks/mock is not installed.",
      "Run npm install --save-dev @thingspace-callbacks/mock, or npx --yes pnpm@12 start in a clone of the project.",
    );
  }
  // Options of the mock may have the names of ours, so it gets what was written behind the word.
  const written = all.slice(all.indexOf("mock") + 1);
  const args = written[0] === "--" ? written.slice(1) : written;
  const end = io.watchEnd();
  const child = spawn(process.execPath, [program, ...args], { stdio: "inherit" });
  end.addEventListener("abort", () => child.kill("SIGTERM"));
  const [code] = (await once(child, "exit")) as [number | null];
  return code === 0 ? exitCodes.ok : exitCodes.failed;
}
