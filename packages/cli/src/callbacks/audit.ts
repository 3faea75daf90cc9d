import type { Command } from "commander";
import { formatExamples, type Invocation, setAction } from "../command.ts";
import type { Context } from "../context.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeOutputFile } from "../output/write-file.ts";
import { listAll } from "../service/registrations.ts";
import { type AccountResult, describeUntried, toExitCode } from "./account-result.ts";
import { formatCsv } from "./csv.ts";
import { collectResults } from "./each-account.ts";
import { type AccountOptions, addAccountOptions } from "./options.ts";

type AuditOptions = AccountOptions & { out?: string };

const header = ["account", "api", "service", "url", "https", "error"];

/** Adds `callbacks audit`. */
export function addAudit(callbacks: Command, context: Context): void {
  const command = addAccountOptions(callbacks.command("audit"))
    .description("Write what is registered for accounts, in every generation, as CSV. Nothing is changed.")
    .option("--out <file>", "write the CSV to this file instead of standard output")
    .addHelpText(
      "after",
      formatExamples(
        "callbacks audit --accounts accounts.txt > audit.csv",
        "callbacks audit --accounts accounts.txt --out audit.csv --profile lab",
      ),
    );
  setAction<AuditOptions, [string[]]>(command, context, audit);
}

async function audit(invocation: Invocation<AuditOptions>, accounts: string[]): Promise<ExitCode> {
  const { output, settings, options, context } = invocation;
  const { results, stoppedBy } = await collectResults(
    invocation,
    accounts,
    async (client, account, report) => {
      report.after = await listAll(client, account);
    },
  );
  const csv = formatCsv([header, ...results.flatMap(toRows)]);
  const { environment, origin } = settings;
  output.data({ environment, origin, accounts: results });
  if (options.out !== undefined) writeOutputFile("--out", options.out, csv);
  else if (!output.isJson) context.io.writeOutput(csv);
  const failed = results.filter(({ ok }) => !ok).length;
  if (failed > 0) {
    const counts = `${failed} of ${results.length} accounts failed${describeUntried(results)}`;
    output.note(`${counts}; the column error says why.`);
  }
  if (stoppedBy !== undefined) throw stoppedBy;
  return toExitCode(results);
}

/** An account without registrations has a row, too. */
function toRows({ account, after = [], error }: AccountResult): string[][] {
  if (error) return [[account, "", "", "", "", error.code]];
  if (after.length === 0) return [[account, "", "", "", "", ""]];
  return after.map(({ api, url, service = "" }) => {
    const isHttps = url.toLowerCase().startsWith("https:");
    return [account, api, service, url, isHttps ? "yes" : "no", ""];
  });
}
