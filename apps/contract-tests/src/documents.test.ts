import { existsSync, readdirSync, readFileSync } from "node:fs";
import { apis, formatPath, listOperations, type Operation, walkSchema } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const textOf = (file: string) =>
  readFileSync(new URL(import.meta.resolve(`@thingspace-callbacks/${file}`)), "utf8");

const names = apis.map(({ name }) => name);
const rows = apis.flatMap((api) =>
  listOperations(api).map((operation) => ({
    api: api.name,
    operationId: operation.operationId,
    operation,
  })),
);

describe.each(rows)("$api $operationId", ({ operation }) => {
  test("has a summary, a description and named examples of every body", () => {
    expect(operation.summary).toBeTruthy();
    expect(operation.description).toBeTruthy();
    for (const { examples } of bodiesOf(operation)) {
      expect(Object.keys(examples).length).toBeGreaterThan(0);
    }
  });

  test("has a description of every parameter and property", () => {
    expect(undescribed(operation)).toEqual([]);
  });
});

describe.each(names)("%s", (api) => {
  const document = parse(textOf(`contract/documents/${api}.yaml`));

  test("names the dialect of its schemas, and the mock behind the service", () => {
    expect(document.jsonSchemaDialect).toBe("https://json-schema.org/draft/2020-12/schema");
    const environments = document.servers.map((server: Record<string, string>) => server["x-environment"]);
    expect(environments).toEqual(api === "control" ? ["mock"] : ["production", "mock"]);
  });

  test("gives every operation an operationId of its own, those of callbacks too", () => {
    type RawOperation = { operationId?: string; responses?: object; callbacks?: Record<string, Items> };
    type Items = Record<string, Record<string, RawOperation>>;
    const idsOf = (items: Items = {}): (string | undefined)[] =>
      Object.values(items)
        .flatMap((item) => Object.values(item))
        // Beside its operations a path has parameters.
        .filter(({ responses }) => responses)
        .flatMap(({ operationId, callbacks = {} }) => [
          operationId,
          ...Object.values(callbacks).flatMap(idsOf),
        ]);
    const ids = [...idsOf(document.paths), ...idsOf(document.webhooks)];
    expect(ids).not.toContain(undefined);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

test("every object in a request body of the control API says which members it takes", () => {
  const open = rows
    .filter(({ api, operation }) => api === "control" && operation.body)
    .flatMap(({ operationId, operation }) =>
      [...walkSchema(operation.body?.schema ?? {})]
        .filter(({ schema }) => schema.type === "object" || schema.properties)
        .filter(({ schema }) => schema.additionalProperties === undefined)
        .map(({ path }) => `${operationId} ${formatPath(path)}`),
    );
  expect(open).toEqual([]);
});

test("every callback operation demands both tokens", () => {
  for (const { api, operation } of rows.filter(({ operation }) => operation.role)) {
    expect(
      operation.security.map(({ name }) => name),
      api,
    ).toEqual(["accessToken", "sessionToken"]);
  }
});

describe("departures", () => {
  const rows: { id: string; documents: string[] }[] = JSON.parse(textOf("contract/departures.json"));

  test("Departures have unique numbers in order", () => {
    const numbers = rows.map(({ id }) => Number(id.slice(1)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  test("The committed list of departures is the generated one (npx pnpm@12 spec:departures)", () => {
    expect(textOf("spec/DEPARTURES.md")).toBe(textOf("contract/DEPARTURES.md"));
  });

  test("Departures name existing documents", () => {
    expect(names).toEqual(expect.arrayContaining(rows.flatMap((row) => row.documents)));
  });

  test.each(names)("The departures that %s marks are those that name it", (api) => {
    const marked = new Set(
      [...textOf(`contract/documents/${api}.yaml`).matchAll(/\bD\d+\b/g)].map(([id]) => id),
    );
    for (const id of marked) expect(rows.map((row) => row.id)).toContain(id);
    for (const { id, documents } of rows) if (documents.includes(api)) expect([...marked]).toContain(id);
  });
});

test("The README of spec/ lists exactly the keywords of our own that the documents use", () => {
  const spec = new URL("../../../spec/", import.meta.url);
  const used = readdirSync(spec, { recursive: true, encoding: "utf8" })
    .filter((file) => /^[\w-]+\/[\w.-]+\.yaml$/.test(file) && !/^(workflows|departures)\//.test(file))
    .flatMap((file) => readFileSync(new URL(file, spec), "utf8").match(/^ *(- )?x-[a-z-]+(?=:)/gm) ?? [])
    .map((match) => match.replace(/^ *(- )?/, ""));
  const listed = [...textOf("spec/README.md").matchAll(/^\| `(x-[a-z-]+)`/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual([...new Set(used)].sort());
});

test("every document of spec/ is named in redocly.yaml", () => {
  const spec = new URL("../../../spec/", import.meta.url);
  const folders = readdirSync(spec).filter((folder) => existsSync(new URL(`${folder}/openapi.yaml`, spec)));
  expect(names.sort()).toEqual(folders.sort());
});

const bodiesOf = ({ body, responses }: Operation) =>
  [body, ...Object.values(responses).map((response) => response.body)].filter((found) => found !== undefined);

/** Paths of the parameters and members without a description. */
function undescribed(operation: Operation): string[] {
  const places = bodiesOf(operation).flatMap(({ schema }) => [...walkSchema(schema)]);
  return [
    ...operation.parameters.filter(({ description }) => !description).map(({ name }) => name),
    ...places
      .filter(({ path, schema, isBranch }) => isMember(path) && !isBranch && !schema.description)
      .map(({ path }) => formatPath(path)),
  ];
}

const isMember = (path: string[]) => path.length > 0 && !["[]", "*"].includes(path.at(-1) ?? "");
