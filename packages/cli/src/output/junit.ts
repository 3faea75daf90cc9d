/** A test of a JUnit report. */
export interface JUnitCase {
  className: string;
  name: string;
  durationMs: number;
  failures: { code: string; message: string }[];
  /** Why it was skipped. */
  skipped?: string | undefined;
}

/** A group of tests of a JUnit report. */
export interface JUnitSuite {
  name: string;
  cases: JUnitCase[];
}

/** Formats a report as JUnit XML, which CI systems show. */
export function formatJUnit(suites: JUnitSuite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...suites.flatMap(formatSuite),
    "</testsuites>",
    "",
  ].join("\n");
}

function formatSuite({ name, cases }: JUnitSuite): string[] {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${cases.length}" failures="${failed}" skipped="${skipped}" time="${sumSeconds(cases)}">`,
    ...cases.flatMap(formatCase),
    "  </testsuite>",
  ];
}

function formatCase({ className, name, durationMs, failures, skipped }: JUnitCase): string[] {
  return [
    `    <testcase classname="${escapeXml(className)}" name="${escapeXml(name)}" time="${durationMs / 1000}">`,
    ...(skipped === undefined ? [] : [`      <skipped message="${escapeXml(skipped)}"/>`]),
    ...failures.map(({ code, message }) => `      <failure type="${code}" message="${escapeXml(message)}"/>`),
    "    </testcase>",
  ];
}

const sumSeconds = (cases: JUnitCase[]) => cases.reduce((sum, one) => sum + one.durationMs, 0) / 1000;

/** Escapes a text, without the control characters that XML does not allow. */
function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows none of them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
