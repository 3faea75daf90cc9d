import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { buildExampleRequest, generations, getByRole } from "@thingspace-callbacks/contract";
import type { MockOptions } from "@thingspace-callbacks/mock";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchBrowser } from "../browser.ts";
import { visit } from "../docs/visit.ts";
import { type Instances, startInstance } from "../instances.ts";

/** A mock, a listener and a browser for the tests of a file. */
export function useConsole(options: MockOptions = {}, start: typeof startInstance = startInstance) {
  const received: Record<string, unknown>[] = [];
  let status = 200;
  let instances: Instances;
  let browser: Browser;
  let listener: Server;
  const problems: string[] = [];

  beforeAll(async () => {
    listener = createServer(async (request, response) => {
      received.push(JSON.parse(await text(request)));
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    [instances, browser] = await Promise.all([start(options), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await instances.close();
    listener.close();
  });
  afterEach(() => {
    expect(problems.splice(0)).toEqual([]);
    status = 200;
    received.length = 0;
    return instances.active.reset();
  });

  return {
    mock: () => instances.active,
    origin: () => instances.origin,
    browser: () => browser,
    received,
    /** The URL of the listener. */
    listenerUrl: () => `http://127.0.0.1:${(listener.address() as AddressInfo).port}/fota`,
    respondWith: (code: number) => {
      status = code;
    },
    /** Opens the console at a place such as `requests`. Whatever a reader should never meet fails the test. */
    open: async (place = "", { colorScheme = "light" as "light" | "dark" } = {}): Promise<Page> => {
      const { page, problems: found } = await visit(browser, `${instances.origin}/mock/console/#${place}`, {
        colorScheme,
        waitUntil: "load",
      });
      page.once("close", () => problems.push(...found));
      await page.getByText("Live", { exact: true }).waitFor();
      return page;
    },
    /** Registers the listener for the account of the example of the first generation. */
    register: async (url: string, { generation = generations[0], status = 200 } = {}) => {
      if (!generation) throw new Error("There is no generation");
      const { method, path, headers, body } = buildExampleRequest(getByRole(generation, "register"));
      const registration = { ...JSON.parse(body ?? "{}"), url };
      const response = await fetch(instances.origin + generation.base + path, {
        method,
        headers,
        body: JSON.stringify(registration),
      });
      expect(response.status).toBe(status);
    },
  };
}
