import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const consumersFolder = fileURLToPath(new URL("../consumers/", import.meta.url));
const packagesFolder = fileURLToPath(new URL("../../../packages/", import.meta.url));

/** The packages that have consumers: the folders of `consumers/`, named like those of `packages/`. */
export const packages = readdirSync(consumersFolder).sort();

/** The packages that are published: not the private ones. A folder without a manifest is what is left of another branch. */
export const published = readdirSync(packagesFolder)
  .filter((name) => existsSync(join(packagesFolder, name, "package.json")))
  .filter((name) => !JSON.parse(readFileSync(join(packagesFolder, name, "package.json"), "utf8")).private)
  .sort();

export const packageFolder = (name: string) => join(packagesFolder, name);
export const consumerFolder = (name: string) => join(consumersFolder, name);
