import { appendFileSync, closeSync, openSync } from "node:fs";
import { createRecorder, type News } from "@thingspace-callbacks/listener/record";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import {
  formatExamples,
  type Invocation,
  type LocalInvocation,
  setAction,
  setLocalAction,
} from "../command.ts";
import type { Context } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-code.ts";
import { listen } from "../listen/command.ts";
import { addListenOptions, type ListenOptions } from "../listen/options.ts";
import { formatReport } from "./format-report.ts";
import { readReport } from "./report.ts";

type RecordOptions = ListenOptions & { out: string };

/** Adds `record` and `record report`. */
export function addRecord(program: Command, context: Context): void {
  const command = addListenOptions(program.command("record"))
    .helpCommand(false)
    .summary("receive messages, and write them to a file")
    .description(
      "Listen as listen does, and write each message to a file, compared with the documents. Secrets and identifiers are replaced before anything is written.",
    )
    .option("--out <file>", "file to which messages are added, a line of JSON each", "messages.jsonl")
    .addHelpText(
      "after",
      formatExamples(
        "record --api v1",
        "record --api v2 --environment production --port 8080 --out field.jsonl",
        "record report messages.jsonl",
      ),
    );
  setAction<RecordOptions, []>(command, context, record);
  const report = command
    .command("report")
    .description("Write, as Markdown, what the documents do not have of recorded messages.")
    .argument("<file>", "file that record has written")
    .addHelpText("after", formatExamples("record report messages.jsonl > report.md"));
  setLocalAction<unknown, [string]>(report, context, writeReport);
}

async function record(invocation: Invocation<RecordOptions>): Promise<ExitCode> {
  const { output, options } = invocation;
  const { api, out } = options;
  const file = openPrivate(out);
  let messages = 0;
  let differences = 0;
  const recordMessage = createRecorder({ api, write: (line) => appendFileSync(file, line) });
  try {
    return await listen(invocation, async (message) => {
      const { news } = await recordMessage(message);
      messages += 1;
      differences += news.length;
      for (const one of news) output.note(`Not in the documents: ${describeNews(one)}`);
    });
  } finally {
    closeSync(file);
    output.note(
      `${messages} messages recorded in ${out}, with ${differences} differences from the documents.`,
    );
  }
}

/** Opens a file to which lines are added; only its owner may read it. */
function openPrivate(path: string): number {
  try {
    return openSync(path, "a", 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError("FILE_UNWRITABLE", `--out: ${path} cannot be written (${code}).`, "Check the path.");
  }
}

const describeNews = ({ kind, path, found, documented }: News) =>
  `${kind} ${path || "/"} (${found}${documented === undefined ? "" : `, documented ${documented}`})`;

async function writeReport({ output }: LocalInvocation<unknown>, file: string): Promise<ExitCode> {
  const report = await readReport(file);
  output.data(report);
  output.line(formatReport(report));
  return exitCodes.ok;
}
