import { CommanderError } from "commander";
import type { Context } from "./context.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { createProcessIo, type Io } from "./io.ts";
import { createOutput } from "./output/output.ts";
import { describeError } from "./output/report-error.ts";
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
  try {
    await createProgram(context).parseAsync(args, { from: "user" });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    // Commander has shown the help of a command that lacks its subcommand.
    if (error instanceof CommanderError && error.code === "commander.help") return exitCodes.usage;
    return reportError(error, args, io);
  }
}

function reportError(error: unknown, args: string[], io: Io): ExitCode {
  const report = describeError(error);
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
