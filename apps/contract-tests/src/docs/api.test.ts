import { findApi, getApi } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { pages, textOf } from "./site.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const browser = useBrowser();
const host = useStaticHost();

test("The page about the client begins with createThingSpaceClient", async () => {
  const [first] = (await textOf("api/client.md")).match(/^## .*$/m) ?? [];
  expect(first).toBe("## createThingSpaceClient()");
});

const documented = pages.flatMap(
  (path) => findApi(/^api\/client\/(\w+)\/$/.exec(path)?.[1] ?? "")?.name ?? [],
);

describe("The operations of the client", () => {
  test("have a page for each API of ThingSpace", () => {
    expect(documented.toSorted()).toEqual(["auth", "legacy", "v1", "v2", "v3"]);
  });

  test.each(documented)(
    "of %s have their results written out: each documented status, and what its body has",
    async (name) => {
      const sections = (await textOf(`api/client/${name}.md`)).split(/^(?=## )/m);
      for (const { operationId, responses } of getApi(name).operations) {
        const section = sections.find((text) => text.startsWith(`## ${operationId}\n`));
        const result = section?.slice(section.indexOf("\ntype ")) ?? "";
        for (const status of Object.keys(responses))
          expect(result, `${operationId} ${status}`).toContain(`status: ${status};`);
        expect(result).toMatch(/error: \{\n +\w+\?: /);
        expect(result, "the names of types say nothing about the result").not.toMatch(/data: [A-Z]/);
      }
    },
  );
});

const apiPages = pages.filter((path) => path.startsWith("api/"));

test.each(apiPages)("The page %s is about one concept: it is short", async (path) => {
  expect((await textOf(`${path}index.html`)).length).toBeLessThan(150_000);
});

test("The names of options are not broken, on any screen", async () => {
  const { page } = await visit(browser(), `${host()}api/client/options/`);
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const lines = await page
      .locator(".members .name")
      .evaluateAll((names) => names.map((name) => name.getClientRects().length));
    expect(lines.length).toBeGreaterThan(10);
    expect(new Set(lines), `${width} px`).toEqual(new Set([1]));
  }
  await page.close();
});
