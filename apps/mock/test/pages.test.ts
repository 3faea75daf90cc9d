import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import { expect, test } from "vitest";
import { parse } from "yaml";
import { useServer } from "./server.ts";

const server = useServer();
const get = (path: string) => fetch(server.origin + path);

test("the landing page is at /docs/, where / leads to, and its links lead to a page", async () => {
  for (const path of ["/", "/docs", "/docs/"]) {
    const response = await get(path);
    expect(response.url).toBe(`${server.origin}/docs/`);
    const html = await response.text();
    const links = [...html.matchAll(/href="(?!https?:|#)([^"]+)"/g)].map(([, href]) => href ?? "");
    expect(links.length).toBeGreaterThanOrEqual(5);
    for (const link of links) {
      const page = await fetch(new URL(link, response.url));
      await page.arrayBuffer();
      expect(page.status, link).toBe(200);
    }
  }
});

test("the docs are sent compressed to whoever takes that", async () => {
  const page = await get("/docs/v2/");
  expect(page.headers.get("Content-Encoding")).toBe("gzip");
  expect(await page.text()).toContain("<title>Software Management Callbacks V2</title>");
  const plain = await fetch(`${server.origin}/docs/v2/`, { headers: { "Accept-Encoding": "identity" } });
  expect(plain.headers.get("Content-Encoding")).toBeNull();
  expect(await plain.text()).toContain("<title>Software Management Callbacks V2</title>");
});

test.each(["yaml", "json", "client.json"])(
  "the documents at /openapi/<api>.%s name the mock first",
  async (form) => {
    for (const [api, { servers }] of Object.entries(catalogue)) {
      const response = await get(`/openapi/${api}.${form}`);
      expect(response.headers.get("Content-Type")).toContain(form === "yaml" ? "yaml" : "json");
      const document = parse(await response.text());
      expect(document.openapi).toBe("3.1.0");
      expect(document.servers[0].url).toBe(server.origin + new URL(servers.mock).pathname);
    }
  },
);

test("the Postman collections at /openapi/<api>.postman.json begin with the mock's address", async () => {
  for (const [api, { servers }] of Object.entries(catalogue)) {
    const { variable } = JSON.parse(await (await get(`/openapi/${api}.postman.json`)).text());
    const baseUrl = server.origin + new URL(servers.mock).pathname;
    expect(variable).toContainEqual(expect.objectContaining({ key: "baseUrl", value: baseUrl }));
  }
});

test("nothing but the docs is served below /docs/", async () => {
  expect((await get("/docs/..%2fpackage.json")).status).toBe(404);
  expect((await get("/docs/nothing")).status).toBe(404);
});

test("what does not exist below /docs/ is answered with a page whose links lead back", async () => {
  const response = await get("/docs/guides/nothing/at/all");
  expect(response.status).toBe(404);
  const html = await response.text();
  const [, base = ""] = /<base href="([^"]*)">/.exec(html) ?? [];
  const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href ?? "");
  expect(links.length).toBeGreaterThanOrEqual(3);
  for (const link of links) expect((await fetch(new URL(link, server.origin + base))).status, link).toBe(200);
});
