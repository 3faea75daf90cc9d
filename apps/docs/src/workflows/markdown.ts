import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { apis, getOperation } from "@thingspace-callbacks/contract";
import { parse } from "yaml";
import { anchorOf } from "../reference/anchor.ts";
import type { Reference } from "../reference/markdown.ts";

/** The parts of an Arazzo document that the page shows. */
interface Arazzo {
  info: { title: string; summary: string; description: string };
  workflows: Workflow[];
}

interface Workflow {
  description: string;
  inputs: { properties: Record<string, { description: string }> };
  steps: { stepId: string; description: string; operationId: string }[];
}

/** Returns the file of a document's workflow. */
export const workflowFile = (name: string) =>
  fileURLToPath(import.meta.resolve(`@thingspace-callbacks/contract/workflows/${name}.arazzo.yaml`));

/** Returns the names of the documents that have a workflow. */
export const workflowNames = () =>
  apis.map(({ name }) => name).filter((name) => existsSync(workflowFile(name)));

/** Returns the steps of each workflow in Markdown, in their order, with links to the operations. */
export async function workflowsMarkdown(link: Reference["link"]): Promise<string> {
  const texts = workflowNames().map(async (name) => {
    const { info, workflows } = parse(await readFile(workflowFile(name), "utf8")) as Arazzo;
    const steps = workflows.map((workflow) => workflowOf(workflow, link));
    const file = `Download the document: [${name}.arazzo.yaml](${link(`workflows/${name}.arazzo.yaml`)})`;
    return [`## ${info.title}`, info.summary, info.description.trim(), file, ...steps].join("\n\n");
  });
  return (await Promise.all(texts)).join("\n\n");
}

function workflowOf({ description, inputs, steps }: Workflow, link: Reference["link"]): string {
  const given = Object.entries(inputs.properties).map(
    ([name, input]) => `- \`${name}\`: ${input.description}`,
  );
  const taken = steps.map(({ description: text, operationId }, index) => {
    const [api = "", name = ""] = operationId.replace("$sourceDescriptions.", "").split(".");
    const anchor = anchorOf(getOperation(api, name));
    return `${index + 1}. ${text} ([${name}](${link(`${api}/${anchor}`)}))`;
  });
  return [description, "Inputs:", given.join("\n"), "Steps:", taken.join("\n")].join("\n\n");
}
