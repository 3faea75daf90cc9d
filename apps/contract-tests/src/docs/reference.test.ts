import { apis, listOperations } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { useBrowser } from "./use.ts";
import { visit } from "./visit.ts";

const mock = useMock();
const browser = useBrowser();

const open = (path: string) => visit(browser(), mock.origin() + path);

test.concurrent.each(["/", "/docs/", "/docs/reference/"])(
  "the page at %s leads to every reference",
  async (path) => {
    for (const { name: api, title } of apis) {
      const { page, problems } = await open(path);
      await page.getByRole("main").getByRole("link", { name: title, exact: true }).click();
      await page.waitForURL(`${mock.origin()}/docs/${api}/`);
      await page.waitForLoadState("networkidle");
      expect(problems).toEqual([]);
      await page.close();
    }
  },
  120_000,
);

describe.each(apis)("the reference of $name", (api) => {
  const { name, title } = api;
  test.concurrent.each(listOperations(api))(
    "shows $operationId, from its origin alone",
    async ({ tag, operationId, summary }) => {
      const anchor = `#/${tag.replaceAll(" ", "-")}/${operationId}`.toLowerCase();
      const { page, problems } = await open(`/docs/${name}/${anchor}`);
      await page.locator("h2", { hasText: summary }).waitFor();
      expect(await page.title()).toBe(title);
      expect(problems).toEqual([]);
      await page.close();
    },
    60_000,
  );
});
