// Generates dist/departures.json and dist/DEPARTURES.md from spec/departures/*.yaml. With --write it also writes
// the spec/DEPARTURES.md that is committed; a test compares the two.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { spec } from "./spec.ts";

const evidences = ["confirmed", "stated", "inferred", "unknown"] as const;
type Evidence = (typeof evidences)[number];

interface Source {
  name: string;
  url?: string;
  readOn: string;
  says: string;
}

interface Departure {
  id: string;
  subject: string;
  documents: string[];
  evidence: Evidence;
  sources: Source[];
  facts?: { fact: string; evidence: Evidence }[];
  choice: string;
  reason: string;
  settledBy: string;
}

const introduction = `\
# Departures

A departure is a place where the public sources disagree or say nothing, so that this project had to choose. Each entry
lists the sources, the choice, the reason for it, and the observation that would settle the question. Nothing in this file
has been tested against the live service. The documents mark these places with \`x-departure\` or name the departure in a
description.

Evidence has four levels. _Confirmed_: two independent sources agree. _Stated_: one source says so. _Inferred_: no source
says so, but it follows from facts about something similar, such as a sibling API. _Unknown_: no source says anything, and
the choice is ours.

Sources: the _portal_ is the vendor's documentation site, of which only the first part of each page could be read. The
_vendor SDKs_ are generated from one definition and count as one source. _Connectivity_, _Diagnostics_, _Device Location_
and _Hyper Precise Location_ are sibling APIs of the same vendor.

This file is generated from \`spec/departures/\`.`;

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const departures = await readDepartures();
const markdown = `${[introduction, ...departures.map(toMarkdown)].join("\n\n")}\n`;
await mkdir(here("dist"), { recursive: true });
await writeFile(here("dist/departures.json"), JSON.stringify(departures, null, 2));
await writeFile(here("dist/DEPARTURES.md"), markdown);
if (process.argv.includes("--write")) await writeFile(join(spec, "DEPARTURES.md"), markdown);

/** Reads the departures in the order of their numbers. */
async function readDepartures(): Promise<Departure[]> {
  const files = (await readdir(join(spec, "departures"))).filter((file) => file.endsWith(".yaml"));
  const read = await Promise.all(
    files.map(async (file) =>
      checkDeparture(file, parse(await readFile(join(spec, "departures", file), "utf8"))),
    ),
  );
  return read.sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf({ id }: Departure): number {
  return Number(id.slice(1));
}

/** Returns the content of a file, or throws an error that names the file and the member that is wrong. */
function checkDeparture(file: string, departure: Departure): Departure {
  const demand = (condition: boolean, what: string) => {
    if (!condition) throw new Error(`departures/${file}: ${what}`);
  };
  const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
  const { id, documents, evidence, sources, facts = [], ...texts } = departure;
  const members = ["subject", "choice", "reason", "settledBy"] as const;

  demand(`${id}.yaml` === file && /^D\d+$/.test(id), "id must be the name of the file: D and a number");
  for (const member of members) demand(isText(texts[member]), `${member} is missing`);
  for (const member of Object.keys(texts))
    demand((members as readonly string[]).includes(member), `${member} is not known`);
  demand(Array.isArray(documents), "documents must be a list");
  demand(Array.isArray(sources) && sources.length > 0, "sources must be a list of at least one source");
  for (const { name, says, readOn } of sources) {
    demand(isText(name) && isText(says), "each source must have a name and what it says");
    demand(
      /^\d{4}-\d\d(-\d\d)?$/.test(readOn),
      `readOn of "${name}" must be a day or a month, as 2026-11-27`,
    );
  }
  for (const { fact } of facts) demand(isText(fact), "each of the facts must have a fact");
  for (const word of [evidence, ...facts.map((fact) => fact.evidence)])
    demand(evidences.includes(word), `evidence must be one of ${evidences.join(", ")}`);
  return departure;
}

function toMarkdown({ id, subject, documents, evidence, sources, facts, ...texts }: Departure): string {
  return [
    `## ${id}: ${subject}`,
    `_Documents:_ ${documents.join(", ") || "none"}. _Evidence:_ ${evidence}.`,
    "_Sources:_",
    sources.map(toItem).join("\n"),
    ...(facts ? ["_Facts:_", facts.map(toFact).join("\n")] : []),
    wrap(`_Choice:_ ${texts.choice}`),
    wrap(`_Reason:_ ${texts.reason}`),
    wrap(`_Settled by:_ ${texts.settledBy}`),
  ].join("\n\n");
}

function toItem({ name, url, readOn, says }: Source): string {
  return wrap(`${name} (${url ? `[source](${url}), ` : ""}read ${readOn}): ${says}`, "- ");
}

function toFact({ fact, evidence }: { fact: string; evidence: Evidence }): string {
  return wrap(`${evidence}: ${fact}`, "- ");
}

/** Breaks a text into lines of at most 100 characters; the lines after the first are indented as the first one's text. */
function wrap(text: string, start = ""): string {
  const indent = " ".repeat(start.length);
  const lines: string[] = [];
  let line = start;
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length > 100 && line.trim() !== start.trim()) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()].join("\n");
}
