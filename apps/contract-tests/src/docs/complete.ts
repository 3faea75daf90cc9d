import { type Api, listOperations } from "@thingspace-callbacks/contract";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** The anchor of an operation, which the text of the reference and Redoc have in common. */
export const anchorOf = ({ tag, operationId }: { tag: string; operationId: string }): string =>
  `#/${tag.replaceAll(" ", "-")}/${operationId}`.toLowerCase();

/** Checks that Redoc shows every operation of a document and its message, and names every schema. */
export async function demandCompleteRedoc(page: Page, api: Api): Promise<void> {
  const redoc = page.locator("#redoc");
  const headings = await redoc.locator("h2").allTextContents();
  for (const { summary } of listOperations(api))
    expect(headings).toContainEqual(expect.stringMatching(new RegExp(`^\\s*${summary}`)));
  expect(await redoc.textContent()).not.toMatch(/object \(\d\)/);
  if (!api.message) return;
  const message = page.locator(`[id="${anchorOf(api.message).slice(2)}"]`);
  for (const text of ["Webhook", ...Object.keys(api.message.body.schema.properties ?? {})])
    await message.getByText(text, { exact: true }).first().waitFor();
}
