import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** `spec/DEPARTURES.md` with a section per row: the table is too wide for a page. */
export async function departuresMarkdown(): Promise<string> {
  const file = fileURLToPath(import.meta.resolve("@thingspace-callbacks/spec/DEPARTURES.md"));
  const text = await readFile(file, "utf8");
  const [before = "", ...lines] = text.split(/^(?=\|)/m);
  const [header = [], , ...rows] = lines.map(cellsOf);
  const names = header.slice(1);
  const sections = rows.map(([id, subject, ...cells]) =>
    [
      `## ${id}: ${subject}`,
      ...cells.map((cell, index) => `_${capital(names[index + 1] ?? "")}:_ ${cell || "none"}`),
    ].join("\n\n"),
  );
  return [before.replace(/^# .*\n/, "").trim(), ...sections].join("\n\n");
}

const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
