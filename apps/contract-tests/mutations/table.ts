import { readFileSync, writeFileSync } from "node:fs";
import type { Mutation } from "./mutations.ts";

/** A mutation that was caught, and what the check printed. */
export interface Caught {
  mutation: Mutation;
  output: string;
}

const readme = new URL("../README.md", import.meta.url);
const start = "<!-- made by test:mutations --write -->\n";
const end = "<!-- end -->";

/** Replaces the README's table. */
export function writeTable(caught: Caught[]): void {
  const text = readFileSync(readme, "utf8");
  const [before, rest = ""] = text.split(start);
  const after = rest.slice(rest.indexOf(end));
  writeFileSync(readme, `${before}${start}\n${tableOf(caught)}\n${after}`);
}

function tableOf(caught: Caught[]): string {
  return [
    "| guard | mutation | change | check | it says |",
    "| --- | --- | --- | --- | --- |",
    ...caught
      .toSorted((a, b) => a.mutation.guard - b.mutation.guard)
      .map(({ mutation, output }) => {
        const { guard, name, file, find, replace, command } = mutation;
        const said = mutation.says.map((words) => lineWith(output, words));
        return `| ${[guard, name, `${code(file)}<br>- ${code(find)}<br>+ ${replace === "" ? "nothing" : code(replace)}`, code(command), said.map(code).join("<br>")].join(" | ")} |`;
      }),
    "",
  ].join("\n");
}

/** The line of the output that has the words, cut to what a table can hold. */
function lineWith(output: string, words: string): string {
  const line = output.split("\n").find((candidate) => candidate.includes(words)) ?? "";
  return line
    .trim()
    .replace(/ \d+ms$/, "")
    .slice(0, 160);
}

const code = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => `\`${line.trim().replaceAll("|", "\\|").replaceAll("`", "'")}\``)
    .join("<br>");
