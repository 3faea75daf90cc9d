import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.ts";

/** The address of the sources in the manifest of a published package. */
export interface AddressFields {
  homepage: string;
  bugs: { url: string };
  repository: { type: "git"; url: string; directory: string };
}

/**
 * Reads the address of the repository: `repository` of the root's package.json, from which every other place is set.
 *
 * @throws {Error} when it is not an https URL.
 */
export function readAddress(workspace = root): string {
  const { repository } = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8"));
  demandAddress(repository);
  return repository;
}

/** @throws {Error} when an address is not an https URL without a slash at the end. */
export function demandAddress(address: unknown): asserts address is string {
  if (typeof address === "string" && URL.canParse(address)) {
    const { protocol, pathname } = new URL(address);
    if (protocol === "https:" && /^\/[^/]+\/[^/]+$/.test(pathname) && !address.endsWith(".git")) return;
  }
  throw new Error(`"${address}" is not the address of a repository, such as https://github.com/owner/name.`);
}

/** Returns true if the address is set. It contains `OWNER` until the first release. */
export function isAddressSet(address: string): boolean {
  return !new URL(address).pathname.startsWith("/OWNER/");
}

/** Returns what the manifest of a published package says about the repository. */
export function addressFields(address: string, directory: string): AddressFields {
  return {
    homepage: `${address}/tree/main/${directory}#readme`,
    bugs: { url: `${address}/issues` },
    repository: { type: "git", url: `git+${address}.git`, directory },
  };
}
