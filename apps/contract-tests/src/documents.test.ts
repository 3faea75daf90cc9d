import { existsSync, readdirSync, readFileSync } from "node:fs";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Operation, Schema } from "@thingspace-callbacks/contract/catalogue";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const textOf = (file: string) =>
  readFileSync(new URL(import.meta.resolve(`@thingspace-callbacks/${file}`)), "utf8");

const rows = Object.entries(catalogue).flatMap(([api, { operations, webhooks }]) =>
  [...operations, ...webhooks].map((operation) => ({ api, operationId: operation.operationId, operation })),
);

describe.each(rows)("$api $operationId", ({ operation }) => {
  test("has a summary, a description and named examples of every body", () => {
    expect(operation.summary).toBeTruthy();
    expect(operation.description).toBeTruthy();
    for (const { content } of [operation.requestBody, ...Object.values(operation.responses)].filter(
      (b) => !!b,
    )) {
      for (const { examples } of Object.values(content ?? {})) {
        expect(Object.keys(examples).length).toBeGreaterThan(0);
      }
    }
  });

  test("has a description of every parameter and property", () => {
    expect(undescribed(operation)).toEqual([]);
  });
});

describe.each(Object.keys(catalogue))("%s", (api) => {
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

test("every callback operation demands both tokens", () => {
  for (const { api, operation } of rows.filter(({ operation }) => operation.path.startsWith("/callbacks/"))) {
    expect(
      operation.security.map(({ name }) => name),
      api,
    ).toEqual(["accessToken", "sessionToken"]);
  }
});

describe("departures", () => {
  const rows: { id: string; documents: string[] }[] = JSON.parse(textOf("contract/departures.json"));

  test("have numbers that are used once and are in order", () => {
    const numbers = rows.map(({ id }) => Number(id.slice(1)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  test("are committed as they are generated (npx pnpm@12 spec:departures)", () => {
    expect(textOf("spec/DEPARTURES.md")).toBe(textOf("contract/DEPARTURES.md"));
  });

  test("name documents that exist", () => {
    expect(Object.keys(catalogue)).toEqual(expect.arrayContaining(rows.flatMap((row) => row.documents)));
  });

  test.each(Object.keys(catalogue))(
    "that %s marks are explained, and those said to be in it are marked",
    (api) => {
      const marked = new Set(
        [...textOf(`contract/documents/${api}.yaml`).matchAll(/\bD\d+\b/g)].map(([id]) => id),
      );
      for (const id of marked) expect(rows.map((row) => row.id)).toContain(id);
      for (const { id, documents } of rows) if (documents.includes(api)) expect([...marked]).toContain(id);
    },
  );
});

test("every document of spec/ is named in redocly.yaml", () => {
  const spec = new URL("../../../spec/", import.meta.url);
  const folders = readdirSync(spec).filter((folder) => existsSync(new URL(`${folder}/openapi.yaml`, spec)));
  expect(Object.keys(catalogue).sort()).toEqual(folders.sort());
});

/** Paths of the parameters and properties without a description. */
function undescribed({ parameters, requestBody, responses }: Operation): string[] {
  const bodies = [requestBody, ...Object.values(responses)].flatMap((body) =>
    Object.values(body?.content ?? {}),
  );
  return [
    ...parameters.filter(({ description }) => !description).map(({ name }) => name),
    ...bodies.flatMap(({ schema }) => undescribedProperties(schema, "")),
  ];
}

function undescribedProperties(schema: Schema, path: string): string[] {
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(property.description ? [] : [`${path}/${name}`]),
    ...undescribedProperties(property, `${path}/${name}`),
  ]);
  const nested = [...(schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [...properties, ...nested.flatMap((inner) => undescribedProperties(inner, path))];
}
