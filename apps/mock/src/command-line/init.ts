import { existsSync, writeFileSync } from "node:fs";
import { type Example, getOperation } from "@thingspace-callbacks/contract";
import { stringify } from "yaml";

/** Is used as the seed when it is in the folder in which the command runs. */
export const seedFile = "thingspace-mock.config.yaml";
const schemaFile = "thingspace-mock.schema.json";

/**
 * Writes a commented seed, and a schema for editors, into the working folder.
 *
 * @returns a sentence for the user
 * @throws {Error} when there is a seed already
 */
export function writeStarter(): string {
  if (existsSync(seedFile)) throw new Error(`${seedFile} exists already. It was left as it is.`);
  const schema = getOperation("control", "putState").body?.schema;
  writeFileSync(schemaFile, `${JSON.stringify({ ...schema, required: [] }, null, 2)}\n`);
  writeFileSync(seedFile, formatStarter());
  return `Wrote ${seedFile} and ${schemaFile}. The mock uses the file when it starts in this folder.`;
}

/** Returns the text of a seed in which everything is a comment, with the examples of the documents. */
function formatStarter(): string {
  const { registrations } = findExample("putState", "twoGenerations").value as { registrations: object[] };
  const { applications, users } = findExample("putState", "strict").value as Record<string, object[]>;
  const fault = findExample("addFault", "unavailable");
  return [
    `# yaml-language-server: $schema=./${schemaFile}`,
    "# The state from which the mock starts, and to which a reset returns. Remove the # of what you need.",
    "",
    formatPart({ registrations }),
    "# The applications and users of --auth strict.",
    formatPart({ applications, users }),
    `# What goes wrong. ${fault.summary}:`,
    formatPart({ faults: [fault.value] }),
    `# ${findExample("setClock", "frozen").summary}:`,
    formatPart({ clock: findExample("setClock", "frozen").value }),
  ].join("\n");
}

/** Returns a part of a seed as YAML in a comment. */
function formatPart(part: object): string {
  return stringify(part).replace(/^(?=.)/gm, "# ");
}

/** Returns an example of the body of a control operation. */
function findExample(operationId: string, name: string): Example {
  const example = getOperation("control", operationId).body?.examples[name];
  if (!example) throw new Error(`${operationId} has no example ${name}`);
  return example;
}
