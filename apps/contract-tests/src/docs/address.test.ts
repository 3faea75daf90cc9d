import { describe, expect, test } from "vitest";
import { useMock } from "../harness.ts";
import { useBrowser, useStaticHost } from "./use.ts";
import { visit } from "./visit.ts";

const usual = "http://127.0.0.1:4010";
const mock = useMock();
const browser = useBrowser();
const host = useStaticHost();

const pages = ["quick-start/", "guides/mock/", "guides/vendor-sdk/", "v1/"];

describe("the docs of a mock on another port", () => {
  test.concurrent.each(pages)("%s shows the port in use, and its copy buttons copy it", async (path) => {
    const { page } = await visit(browser(), `${mock.origin()}/docs/${path}`);
    await page.getByText(mock.origin()).first().waitFor({ state: "attached" });
    expect(await page.content()).not.toContain(usual);
    await page.close();
  });

  test("The copy button of the quick start copies a command for this mock", async () => {
    const { page } = await visit(browser(), `${mock.origin()}/docs/quick-start/`);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const block = page.locator(".expressive-code", { hasText: "/mock/deliveries" });
    await block.hover();
    await block.getByRole("button").click();
    await block.getByText("Copied!").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `${mock.origin()}/mock/deliveries`,
    );
    await page.close();
  });
});

test("The docs on a static host show the usual address of the mock", async () => {
  const { page } = await visit(browser(), `${host()}quick-start/`);
  expect(await page.locator(".expressive-code").allInnerTexts()).toContainEqual(
    expect.stringContaining(`${usual}/mock/deliveries`),
  );
  await page.close();
});
