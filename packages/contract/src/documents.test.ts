import { expect, test } from "vitest";
import { readDocument, readPrismDocument } from "./documents.ts";

type Paths = Record<string, Record<string, { operationId?: string; callbacks?: object }>>;

const listOperations = (document: Record<string, unknown>) =>
  Object.values(document["paths"] as Paths).flatMap((item) => Object.values(item));

test("The document for Prism has every operation and no callbacks", async () => {
  const original = listOperations(await readDocument("v1"));
  const changed = listOperations(await readPrismDocument("v1"));
  expect(original.some(({ callbacks }) => callbacks)).toBe(true);
  expect(changed.some(({ callbacks }) => callbacks)).toBe(false);
  expect(changed.map(({ operationId }) => operationId)).toEqual(
    original.map(({ operationId }) => operationId),
  );
});
