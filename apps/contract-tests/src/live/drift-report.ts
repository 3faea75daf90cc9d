import { reportOf } from "../report.ts";
import type { Findings } from "./drift.ts";
import type { Target } from "./target.ts";

/** The findings as Markdown: per operation, what was sent, what the document says (-), and what came back (+). */
export async function driftReport({ drifts, calls, secrets }: Findings, target: Target): Promise<string> {
  const count = drifts.reduce((sum, { differences }) => sum + differences.length, 0);
  const sections = await Promise.all(
    drifts.map(async ({ when, call, received, differences }) => {
      const report = await reportOf(call, { title: when, received, differences });
      const [heading = "", , ...lines] = report.split("\n");
      return [`## ${heading}`, "", "```diff", ...lines.map((line) => line.replace(/^ {2}/, "")), "```", ""];
    }),
  );
  const text = [
    "# Drift",
    "",
    `${new URL(target.serverOf("auth")).origin}, ${new Date().toISOString()}: ${calls} calls, ${count} difference${count === 1 ? "" : "s"} from the documents.`,
    target.testAccount === undefined
      ? "Only what is safe was asked: CONTRACT_TEST_ACCOUNT names an account to register callbacks for."
      : "Callbacks were registered and removed for the test account.",
    "",
    ...sections.flat(),
  ].join("\n");
  // As they are, and as JSON and URLs have them.
  const forms = secrets
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .filter((form) => form !== "");
  return forms.reduce((shown, form) => shown.replaceAll(form, "[redacted]"), text);
}
