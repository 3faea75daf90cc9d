import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folders = (path: URL) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const consumersFolder = new URL("../consumers/", import.meta.url);
const packagesFolder = new URL("../../../packages/", import.meta.url);

/** The packages that have consumers: the folders of `consumers/`, named like those of `packages/`. */
export const packages = folders(consumersFolder);

/** The packages that are published. */
export const published = folders(packagesFolder);

export const packageFolder = (name: string) => fileURLToPath(new URL(name, packagesFolder));
export const consumerFolder = (name: string) => fileURLToPath(new URL(name, consumersFolder));
