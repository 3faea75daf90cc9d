import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addressFields, demandAddress, isAddressSet, readAddress } from "./address.ts";
import { listPublished, root } from "./workspace.ts";

const published = listPublished();

test("Client, listener, mock and command line are published", () => {
  expect(published.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["cli", "client", "listener", "mock"]),
  );
});

test("The root manifest names the pnpm that is installed, for turbo and Corepack", () => {
  const readManifest = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
  const { version } = readManifest("node_modules/pnpm/package.json");
  expect(readManifest("package.json").packageManager).toBe(`pnpm@${version}`);
});

describe.each(published)("the manifest of $name", ({ folder, path, manifest }) => {
  test("The manifest has the address of the repository", () => {
    expect(manifest).toMatchObject(addressFields(readAddress(), path));
  });

  test("The manifest has keywords and a description, and is public", () => {
    expect(manifest.keywords?.length).toBeGreaterThan(3);
    expect(manifest.description).toMatch(/ThingSpace/);
    expect(manifest.publishConfig?.access).toBe("public");
  });

  test("The manifest lists the types of each entry first", () => {
    for (const entry of Object.values(manifest.exports ?? {})) {
      expect(Object.keys(entry as object)[0]).toBe("types");
    }
  });

  test.runIf(existsSync(join(folder, "jsr.json")))(
    "The manifest and jsr.json have the same version, license and entries",
    () => {
      const jsr = JSON.parse(readFileSync(join(folder, "jsr.json"), "utf8"));
      expect(jsr).toMatchObject({ name: manifest.name, version: manifest.version });
      expect(Object.keys(jsr.exports)).toEqual(Object.keys(manifest.exports ?? {}));
      for (const [name, specifier] of Object.entries<string>(jsr.imports ?? {})) {
        const { version } = JSON.parse(
          readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
        );
        expect(specifier).toBe(`npm:${name}@${version}`);
      }
      for (const file of Object.values<string>(jsr.exports))
        expect(existsSync(join(folder, file)), file).toBe(true);
    },
  );
});

describe("an address", () => {
  test.each([
    "http://github.com/a/b",
    "github.com/a/b",
    "https://github.com/a",
    "https://github.com/a/b.git",
    "",
  ])("The repository address %s is refused", (address) => {
    expect(() => demandAddress(address)).toThrow();
  });

  test("An address with OWNER counts as not set", () => {
    expect(isAddressSet("https://github.com/OWNER/thingspace-callbacks")).toBe(false);
    expect(isAddressSet("https://github.com/somebody/thingspace-callbacks")).toBe(true);
  });
});
