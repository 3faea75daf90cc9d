import type { Browser, Page, Request } from "playwright-core";

export interface Visit {
  page: Page;
  /** Whatever a reader should never meet: errors in the console, requests that fail or leave the origin. */
  problems: string[];
  /** Returns the bytes that were transferred so far: headers and compressed bodies. */
  weigh(): Promise<number>;
}

/** Opens a page as somebody who has never been here: without cookies, storage or cache. */
export async function visit(
  browser: Browser,
  url: string,
  {
    colorScheme = "light",
    javaScriptEnabled = true,
    waitUntil = "networkidle",
  }: {
    colorScheme?: "light" | "dark";
    javaScriptEnabled?: boolean;
    /** A page that follows a stream is never idle. */
    waitUntil?: "networkidle" | "load";
  } = {},
): Promise<Visit> {
  const { origin } = new URL(url);
  const page = await browser.newPage({ colorScheme, javaScriptEnabled });
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  // A page that is left aborts what it was still loading; whatever else fails has another name.
  page.on("requestfailed", (request) => {
    const { errorText = "" } = request.failure() ?? {};
    if (errorText !== "net::ERR_ABORTED") problems.push(`failed: ${request.url()} ${errorText}`);
  });
  page.on(
    "response",
    (response) => response.status() >= 400 && problems.push(`${response.status()}: ${response.url()}`),
  );
  page.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith("http") && asked !== origin) problems.push(`foreign: ${request.url()}`);
  });
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (!request.url().startsWith("http")) return;
    const size = sizeOf(request);
    // A page that is closed before its weight is asked for cannot tell the last sizes, and nobody needs them.
    size.catch(() => {});
    sizes.push(size);
  });
  await page.goto(url, { waitUntil, timeout: 60_000 });
  // On a busy machine the network is idle while the browser still reads a long page.
  await page.waitForLoadState("load");
  const weigh = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return { page, problems, weigh };
}

/** Lets Redoc show the reference in place of its text, unless it does already. */
export async function showRedoc(page: Page): Promise<void> {
  if ((await page.locator(':root[data-view="redoc"]').count()) > 0) return;
  await page.locator(".views button", { hasText: "Show with Redoc" }).click();
  await redocIsRendered(page);
}

/** Puts the text of the reference in the place of Redoc. */
export async function showText(page: Page): Promise<void> {
  await page.locator(".views button", { hasText: "Show the text alone" }).click();
  await page.locator("#text").waitFor();
}

/** Waits until Redoc is shown and has added all of its parts: it begins after the last request, and takes a second. */
export async function redocIsRendered(page: Page): Promise<void> {
  const countElements = () => page.evaluate(() => document.querySelectorAll("#redoc *").length);
  await page.locator(':root[data-view="redoc"]').waitFor();
  await page.locator("#redoc .schema-name").first().waitFor({ state: "attached" });
  for (let before = -1, now = 0; before !== now; ) {
    before = await countElements();
    await page.waitForTimeout(500);
    now = await countElements();
  }
}

async function sizeOf(request: Request): Promise<number> {
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return responseBodySize + responseHeadersSize;
}
