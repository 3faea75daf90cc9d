import { expect, test } from "vitest";
import { useServer } from "./server.ts";

const server = useServer();
const get = (path: string) => fetch(server.origin + path);

test("the landing page is at / and at /docs/, and its links lead to a page from both", async () => {
  for (const path of ["/", "/docs/"]) {
    const html = await (await get(path)).text();
    const base = new URL(/<base href="([^"]*)">/.exec(html)?.[1] ?? "", server.origin + path);
    const links = [...html.matchAll(/href="(?!https?:|\.\/"|\/docs\/")([^"]+)"/g)].map(
      ([, href]) => href ?? "",
    );
    expect(links.length).toBeGreaterThanOrEqual(5);
    for (const link of links) {
      const response = await fetch(new URL(link, base));
      await response.arrayBuffer();
      expect(response.status, link).toBe(200);
    }
  }
});

test.each(["yaml", "json"])("the documents are at /openapi/<api>.%s", async (extension) => {
  for (const api of ["v1", "v2", "legacy", "auth"]) {
    const response = await get(`/openapi/${api}.${extension}`);
    expect(response.headers.get("Content-Type")).toContain(extension);
    expect(await response.text()).toContain("3.1.0");
  }
});

test("nothing but the docs is served below /docs/", async () => {
  expect((await get("/docs/..%2fpackage.json")).status).toBe(404);
  expect((await get("/docs/nothing")).status).toBe(404);
});
