// `CONTRACT_TARGET=production pnpm contract:live`: asks the live service, and writes where it differs from the documents.
// Ends with 0 when it does not, 1 when it does, 2 when it could not be asked.
import { writeFileSync } from "node:fs";
import { findDrift } from "./drift.ts";
import { driftReport } from "./drift-report.ts";
import { SettingError, targetFrom } from "./target.ts";

try {
  const target = targetFrom(process.env);
  const findings = await findDrift(target);
  const file = process.env["CONTRACT_REPORT"] ?? "drift-report.md";
  const report = await driftReport(findings, target);
  // First, so that it is not lost where it cannot be written.
  console.log(report);
  process.exitCode = findings.drifts.length > 0 ? 1 : 0;
  if (!findings.hasAsked) {
    console.error(
      "Without both tokens nothing else could be asked. Check CONTRACT_TARGET and the credentials.",
    );
    process.exitCode = 2;
  }
  write(file, report);
  console.log(`Written to ${file}.`);
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function write(file: string, report: string): void {
  try {
    writeFileSync(file, report);
  } catch (error) {
    throw new SettingError(`CONTRACT_REPORT: ${(error as Error).message}`);
  }
}
