import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "../browser.ts";
import { serveSite } from "./site.ts";

/** A browser for the tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  return () => browser;
}

/** The docs on a static host below a path, for the tests of a file. Gives their address. */
export function useStaticHost(): () => string {
  let host: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    host = await serveSite("/some/sub/path/");
  });
  afterAll(() => host.close());
  return () => host.href;
}
