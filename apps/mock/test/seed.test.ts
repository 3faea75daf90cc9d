import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getOperation } from "@thingspace-callbacks/contract";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createMock, type Mock } from "../src/mock.ts";

const folder = mkdtempSync(join(tmpdir(), "mock-seed-"));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (text: string) => {
  const file = join(folder, "seed.yaml");
  writeFileSync(file, text);
  return file;
};
const get = async (mock: Mock, path: string, method = "GET", space = "default") => {
  const headers = { "X-Mock-Space": space };
  return (await mock.fetch(`http://localhost/mock${path}`, { method, headers })).json();
};
const seed = `
registrations:
  - { api: v1, account: "0242078689-00001", url: "https://example.com/seed" }
faults:
  - { api: v2, status: 503 }
clock: { now: 2030-01-01T00:00:00Z, frozen: true }
`;

describe("a seed", () => {
  test("The mock starts from its seed in each space, and a reset goes back to it", async () => {
    const mock = await createMock({ seed: write(seed) });
    for (const space of ["default", "other"]) {
      for (const [path, method] of [
        ["/registrations", "DELETE"],
        ["/faults", "DELETE"],
        ["/clock", "DELETE"],
      ] as const) {
        expect(await get(mock, "/state", "GET", space)).toMatchObject({
          registrations: [{ url: "https://example.com/seed" }],
        });
        expect(await get(mock, "/faults", "GET", space)).toMatchObject([{ status: 503 }]);
        expect(await get(mock, "/clock", "GET", space)).toMatchObject({
          now: "2030-01-01T00:00:00.000Z",
          frozen: true,
        });
        await get(mock, path, method, space);
        await get(mock, "/state", "DELETE", space);
      }
    }
    await mock.close();
  });

  test("A seed does not replace what a store has", async () => {
    const store = join(folder, "store.db");
    const first = await createMock({ store, seed: write(seed) });
    await first.close();
    const second = await createMock({ store, seed: write(seed.replace("/seed", "/newer")) });
    expect(await get(second, "/state")).toMatchObject({
      registrations: [{ url: "https://example.com/seed" }],
    });
    await second.close();
  });

  test.each([
    { what: "that is not YAML", text: "registrations: [", message: /seed\.yaml:1: / },
    {
      what: "with an unknown member",
      text: "\nregistration: []",
      message: /seed\.yaml:2: registration: is not known; known are/,
    },
    {
      what: "with a URL that could not be registered",
      text: 'registrations:\n  - api: v2\n    account: "1"\n    url: ftp://x\n',
      message: /seed\.yaml:4: registrations\.0\.url: must be an absolute http or https URL/,
    },
    {
      what: "with a fault that does nothing",
      text: "faults:\n  - api: v1\n",
      message: /seed\.yaml:2: faults\.0\.body: must have one of/,
    },
    {
      what: "with a time that no clock has",
      text: "clock:\n  now: 2999-01-01T00:00:00Z\n",
      message: /seed\.yaml:2: clock\.now: must not be after/,
    },
  ])("A seed $what is refused with line and reason", async ({ text, message }) => {
    await expect(createMock({ seed: write(text) })).rejects.toThrow(message);
  });
});

test("init writes a commented seed with a schema for editors, once, and the mock starts from it", async () => {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const init = () =>
    execFileSync(process.execPath, [main, "init"], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  expect(init()).toContain("thingspace-mock.config.yaml");
  expect(
    JSON.parse(readFileSync(join(folder, "thingspace-mock.schema.json"), "utf8")).properties,
  ).toHaveProperty("faults");
  expect(init).toThrow(/exists already/);
  const file = join(folder, "thingspace-mock.config.yaml");
  const empty = await createMock({ seed: file });
  expect(await get(empty, "/state")).toEqual({ registrations: [] });
  await empty.close();
  const uncommented = readFileSync(file, "utf8").replace(/^# ?(?=( {2}|[a-z]+:$))/gm, "");
  const findExample = (operationId: string, name: string) =>
    getOperation("control", operationId).body?.examples[name]?.value;
  expect(parse(uncommented)).toEqual({
    ...(findExample("putState", "strict") as object),
    ...(findExample("putState", "twoGenerations") as object),
    faults: [findExample("addFault", "unavailable")],
    clock: findExample("setClock", "frozen"),
  });
  writeFileSync(file, uncommented);
  const full = await createMock({ auth: "strict", seed: file });
  expect(await get(full, "/state")).toMatchObject({ registrations: [{ api: "v1" }, { api: "v2" }] });
  await full.close();
});
