import { readFileSync, writeFileSync } from "node:fs";
import { mutations } from "./mutations.ts";

const readme = new URL("../README.md", import.meta.url);
const start = "<!-- made by test:mutations --write -->\n";
const end = "<!-- end -->";

/** Returns the README with a table of the mutations as they are now. */
export function fillTable(text: string): string {
  const [before, rest = ""] = text.split(start);
  return `${before}${start}\n${formatTable()}\n${rest.slice(rest.indexOf(end))}`;
}

/** Writes the table into the README. */
export function writeTable(): void {
  writeFileSync(readme, fillTable(readFileSync(readme, "utf8")));
}

function formatTable(): string {
  const rows = mutations.map(({ guard, name, defect, file, check, says }) => [
    String(guard),
    name,
    defect,
    formatCode(file),
    formatCode(check.command),
    says.map(formatCode).join(" "),
  ]);
  const table = [["guard", "mutation", "defect", "in", "check", "the check says"], ...rows];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const [head, ...body] = table.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const line = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [head, line, ...body, ""].join("\n");
}

const formatCode = (text: string) => `\`${text.replaceAll("|", "\\|")}\``;
