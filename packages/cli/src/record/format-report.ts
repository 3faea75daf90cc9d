import type { Finding, RecordReport } from "./report.ts";

/** Formats a report as Markdown, ready for an issue of the project. */
export function formatReport({ messages, apis, findings }: RecordReport): string {
  const counts = Object.entries(apis).map(([api, count]) => `${api} ${count}`);
  return [
    "# Recorded ThingSpace callback messages",
    "",
    `${messages} messages${counts.length > 0 ? ` (${counts.join(", ")})` : ""}. Identifiers and secrets are replaced.`,
    "",
    ...(findings.length === 0
      ? ["The documents describe everything in them."]
      : [
          "The documents do not have:",
          "",
          "| generation | difference | place | found | documented | messages | first | last |",
          "| --- | --- | --- | --- | --- | --- | --- | --- |",
          ...findings.map(formatFinding),
        ]),
  ].join("\n");
}

const formatFinding = ({ api, kind, path, found, documented = "", messages, firstAt, lastAt }: Finding) =>
  `| ${[api, kind, path, found, documented, messages, toDay(firstAt), toDay(lastAt)].map((one) => escapeCell(String(one))).join(" | ")} |`;

const toDay = (at: string) => at.slice(0, 10);

/** Names of members are chosen by the sender. */
const escapeCell = (text: string) => text.replace(/[|`<>[\]\\*_]/g, "\\$&").replace(/\s+/g, " ");
