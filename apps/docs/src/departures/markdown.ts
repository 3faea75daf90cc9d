import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const evidences = ["confirmed", "stated", "inferred", "unknown"];
const documents = ["v1", "v2", "v3", "legacy", "auth", "control"];

/** Returns the text of `DEPARTURES.md` without its title, with a card for each departure, and a filter. */
export async function departuresMarkdown(): Promise<string> {
  const file = fileURLToPath(import.meta.resolve("@thingspace-callbacks/contract/DEPARTURES.md"));
  const text = (await readFile(file, "utf8")).replace(/^# .*\n/, "").trim();
  const [introduction = "", ...departures] = text.split(/^(?=## D\d+: )/m);
  const filter = `<div class="departure-filter not-content">
${choice("document", "Document", documents)}
${choice("evidence", "Evidence", evidences)}
</div>`;
  return [introduction, filter, ...departures.map(toCard)].join("\n\n");
}

/** Returns a group of radio buttons. The style sheet hides the cards that do not match; no script is needed. */
function choice(name: string, legend: string, values: string[]): string {
  const options = ["all", ...values].map((value) => {
    const checked = value === "all" ? " checked" : "";
    return `<label><input type="radio" name="${name}" id="${name}-${value}"${checked}> ${value}</label>`;
  });
  return `<fieldset><legend>${legend}</legend>${options.join("")}</fieldset>`;
}

function toCard(departure: string): string {
  const [, about = "", evidence = ""] = /_Documents:_ (.*?)\. _Evidence:_ (\w+)/.exec(departure) ?? [];
  const named = about.replaceAll(",", "");
  return `<section class="departure" data-document="${named}" data-evidence="${evidence}">\n\n${departure.trim()}\n\n</section>`;
}
