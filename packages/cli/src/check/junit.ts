import type { CaseResult, CheckReport } from "./check-listener.ts";

/** Formats a report as JUnit XML, which CI systems show. */
export function formatJUnit(report: CheckReport, api: string): string {
  const { cases, failed, skipped } = report;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite name="check-listener" tests="${cases.length}" failures="${failed}" skipped="${skipped}" time="${sumSeconds(cases)}">`,
    ...cases.flatMap((one) => formatCase(one, api)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function formatCase(one: CaseResult, api: string): string[] {
  const { id, title, problems, reason } = one;
  const content = [
    ...(reason === undefined ? [] : [`      <skipped message="${escapeXml(reason)}"/>`]),
    ...problems.map(({ code, message }) => `      <failure type="${code}" message="${escapeXml(message)}"/>`),
  ];
  const name = escapeXml(`${id}: ${title}`);
  return [
    `    <testcase classname="check-listener.${api}" name="${name}" time="${sumSeconds([one])}">`,
    ...content,
    "    </testcase>",
  ];
}

function sumSeconds(cases: CaseResult[]): number {
  const milliseconds = cases.flatMap(({ answers }) => answers.map(({ durationMs }) => durationMs));
  return milliseconds.reduce((sum, one) => sum + one, 0) / 1000;
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
