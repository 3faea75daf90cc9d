import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listPublished } from "@thingspace-callbacks/release";

const consumersFolder = fileURLToPath(new URL("../consumers/", import.meta.url));

/** The packages that have consumers: the folders of `consumers/`, named like the packages. */
export const packages = readdirSync(consumersFolder).sort();

/** The packages that are published. Mock and command line among them are programs and have tests of their own. */
export const published = listPublished().map(({ name }) => name);

export function packageFolder(name: string): string {
  const found = listPublished().find((candidate) => candidate.name === name);
  if (!found) throw new Error(`No package ${name} is published.`);
  return found.folder;
}

export const consumerFolder = (name: string) => join(consumersFolder, name);
