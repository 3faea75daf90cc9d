import { type Command, CommanderError } from "commander";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { createProcessIo, type Io } from "./io.ts";
import { createOutput } from "./output/output.ts";
import { describeError, type ErrorReport } from "./output/report-error.ts";
import { createProgram } from "./program.ts";

/**
 * Runs the command and resolves with its exit code. It never rejects, and never ends the process.
 *
 * @param args the arguments after the name of the command
 * @param io the process to use instead of this one
 * @example
 * process.exitCode = await run(["callbacks", "list", "0242078689-00001", "--json"]);
 */
export async function run(args: string[], io: Io = createProcessIo()): Promise<ExitCode> {
  const context: Context = { io, args, exitCode: exitCodes.ok };
  const program = createProgram(context);
  try {
    await program.parseAsync(args, { from: "user" });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    // Commander has shown the help of a command that lacks its subcommand.
    if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage;
    const report = describeError(error);
    if (error instanceof CommanderError) report.remedy = `Run: ${findHelp(program, args)}`;
    return reportError(report, args, io);
  }
}

/** Returns the command line that shows the help of the command that was meant. */
function findHelp(program: Command, args: string[]): string {
  const words = [program.name()];
  let command: Command | undefined = program;
  for (const arg of args) {
    command = command?.commands.find((one) => one.name() === arg);
    if (!command) break;
    words.push(arg);
  }
  return `${words.join(" ")} --help`;
}

function reportError(report: ErrorReport, args: string[], io: Io): ExitCode {
  const output = createOutput(io, args.includes("--json"));
  output.progress("");
  if (output.isJson) {
    io.writeError(`${JSON.stringify({ error: report })}\n`);
    return report.exitCode;
  }
  const lines = [`error: ${report.message}`, report.remedy];
  const [first = "", ...rest] = lines.flatMap((line) => output.wrap(line, 0));
  output.note(first.replace(/^error:/, output.paint("red", "error:")));
  for (const line of rest) output.note(line);
  return report.exitCode;
}
