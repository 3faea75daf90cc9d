import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { apis } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createMock } from "../src/mock.ts";
import { OptionError } from "../src/options.ts";
import { useServer } from "./server.ts";

const server = useServer();
const get = (path: string) => fetch(server.origin + path);

test("The landing page is at /docs/, / redirects to it, and each of its links leads to a page", async () => {
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

test("A HEAD request for the docs gets the type of the page and no body", async () => {
  const page = await fetch(`${server.origin}/docs/v2/`, { method: "HEAD" });
  expect(page.status).toBe(200);
  expect(page.headers.get("Content-Type")).toContain("text/html");
  expect(await page.text()).toBe("");
});

test("A page of the docs that has not changed is not sent again", async () => {
  const first = await get("/docs/v2/");
  await first.arrayBuffer();
  // `fetch` would add a Cache-Control that asks for the whole page.
  const headers = { "If-None-Match": first.headers.get("ETag") ?? "", "Accept-Encoding": "gzip" };
  const sent = request(`${server.origin}/docs/v2/`, { headers, agent: false }).end();
  const [second] = await once(sent, "response");
  expect(second.statusCode).toBe(304);
  expect(await text(second)).toBe("");
});

test("The docs are compressed for clients that accept it", async () => {
  const page = await get("/docs/v2/");
  expect(page.headers.get("Content-Encoding")).toBe("gzip");
  expect(await page.text()).toContain("<title>Software Management Callbacks V2");
  const plain = await fetch(`${server.origin}/docs/v2/`, { headers: { "Accept-Encoding": "identity" } });
  expect(plain.headers.get("Content-Encoding")).toBeNull();
  expect(await plain.text()).toContain("<title>Software Management Callbacks V2");
});

test.each(["openapi/v1.yaml", "openapi/v1.json", "v2/"])(
  "/docs/%s is the same for a client that does not accept gzip, without a length that is not its own",
  async (path) => {
    const packed = await get(`/docs/${path}`);
    expect(packed.headers.get("Content-Encoding")).toBe("gzip");
    const headers = { "Accept-Encoding": "gzip;q=0", Range: "bytes=0-9" };
    const [unpacked] = await once(
      request(`${server.origin}/docs/${path}`, { headers, agent: false }).end(),
      "response",
    );
    expect(unpacked.statusCode).toBe(200);
    expect(unpacked.headers).not.toHaveProperty("content-encoding");
    expect(await text(unpacked)).toBe(await packed.text());
    const head = await fetch(`${server.origin}/docs/${path}`, {
      method: "HEAD",
      headers: { "Accept-Encoding": "identity" },
    });
    expect([head.status, head.headers.get("Content-Encoding")]).toEqual([200, null]);
  },
);

const usual = "http://127.0.0.1:4010";

test.each([
  "quick-start/",
  "guides/mock/",
  "_redoc/v1.json",
  "v1/",
  "reference/v1.md",
  "llms.txt",
  "nothing",
])("/docs/%s names the address of its reader instead of the usual one", async (path) => {
  const page = await (await get(`/docs/${path}`)).text();
  expect(page).not.toContain(usual);
  if (/quick-start|mock|v1/.test(path)) expect(page).toContain(`${server.origin}/`);
});

test("A part of a page that is requested by its range is the whole page, whose address was replaced", async () => {
  const response = await fetch(`${server.origin}/docs/quick-start/`, { headers: { Range: "bytes=0-10" } });
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(server.origin);
});

test.each(["yaml", "json", "client.json"])(
  "the documents at /openapi/<api>.%s name the mock first",
  async (form) => {
    for (const { name: api, base } of apis) {
      const response = await get(`/openapi/${api}.${form}`);
      expect(response.headers.get("Content-Type")).toContain(form === "yaml" ? "yaml" : "json");
      const document = parse(await response.text());
      expect(document.openapi).toBe("3.1.0");
      expect(document.servers[0].url).toBe(server.origin + base);
    }
  },
);

test.each(["/openapi/", "/openapi"])(
  "%s lists the addresses of the documents, and each of them is there",
  async (path) => {
    const { documents } = (await (await get(path)).json()) as {
      documents: { name: string; urls: string[] }[];
    };
    expect(documents.map(({ name }) => name)).toEqual(apis.map(({ name }) => name));
    const urls = documents.flatMap((document) => document.urls);
    const statuses = await Promise.all(urls.map(async (url) => (await fetch(url)).status));
    expect(statuses).toEqual(urls.map(() => 200));
  },
);

test("A document that does not exist is refused with the address of the list", async () => {
  const response = await get("/openapi/v9.yaml");
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("GET /openapi/");
});

test("The Postman collections at /openapi/<api>.postman.json begin with the mock's address", async () => {
  for (const { name: api, base } of apis) {
    const { variable } = JSON.parse(await (await get(`/openapi/${api}.postman.json`)).text());
    const baseUrl = server.origin + base;
    expect(variable).toContainEqual(expect.objectContaining({ key: "baseUrl", value: baseUrl }));
  }
});

test("Only the docs are served below /docs/", async () => {
  expect((await get("/docs/..%2fpackage.json")).status).toBe(404);
  expect((await get("/docs/nothing")).status).toBe(404);
});

test('A missing page below /docs/ gets a "not found" page with links to the docs', async () => {
  const response = await get("/docs/guides/nothing/at/all");
  expect(response.status).toBe(404);
  const html = await response.text();
  const [, base = ""] = /<base href="([^"]*)">/.exec(html) ?? [];
  const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href ?? "");
  expect(links.length).toBeGreaterThanOrEqual(3);
  for (const link of links) expect((await fetch(new URL(link, server.origin + base))).status, link).toBe(200);
});

describe("a document names the host of the request", () => {
  /** GETs a document with any Host header, or none. */
  async function getAs(host: string, path = "/openapi/v1.json") {
    const sent = request(server.origin + path, { headers: { Host: host }, agent: false }).end();
    const [response] = await once(sent, "response");
    return text(response);
  }

  test.each([
    { host: "mock.team.example", expected: "http://mock.team.example/api/fota/v1" },
    { host: "mock.team.example:8080", expected: "http://mock.team.example:8080/api/fota/v1" },
    { host: "[::1]:4010", expected: "http://[::1]:4010/api/fota/v1" },
  ])("A document requested at $host names that host", async ({ host, expected }) => {
    const { servers } = JSON.parse(await getAs(host));
    expect(servers.map(({ url }: { url: string }) => url)).toContain(expected);
  });

  test.each([
    { name: "a replacement pattern", host: "$'" },
    { name: "many of them", host: "$'".repeat(7_000) },
    { name: "a name with quotes", host: 'a","x":"' },
    { name: "a port beyond 65535", host: "a:65536" },
    { name: "a user", host: "me@a.example" },
    { name: "a path", host: "a.example/x" },
  ])("A document names its usual address for an invalid host: $name", async ({ host }) => {
    const served = await getAs(host);
    const { servers } = JSON.parse(served);
    expect(servers.map(({ url }: { url: string }) => url)).toContain(`${usual}/api/fota/v1`);
    expect(served.length).toBeLessThan(100_000);
  });
});

describe("with a public URL", () => {
  const behindProxy = useServer({ publicUrl: "https://team.example/mock/" });

  test("The documents name the public URL, whatever the Host header is", async () => {
    const { servers } = JSON.parse(await (await fetch(`${behindProxy.origin}/openapi/v1.json`)).text());
    expect(servers.map(({ url }: { url: string }) => url)).toContain("https://team.example/mock/api/fota/v1");
  });

  test.each([
    { path: "/", location: "https://team.example/mock/docs/" },
    { path: "/docs", location: "https://team.example/mock/docs/" },
    { path: "/docs/v2", location: "https://team.example/mock/docs/v2/" },
    { path: "/favicon.ico", location: "https://team.example/mock/docs/favicon.svg" },
  ])("With a public URL, $path redirects below its path", async ({ path, location }) => {
    const response = await fetch(behindProxy.origin + path, { redirect: "manual" });
    expect(response.headers.get("Location")).toBe(location);
  });

  test('With a public URL, the "not found" page links below its path', async () => {
    const html = await (await fetch(`${behindProxy.origin}/docs/nothing`)).text();
    expect(html).toContain('<base href="/mock/docs/">');
  });

  test.each(["team.example", "ftp://team.example", "https://me:pw@team.example", "https://a.example/?b", ""])(
    "%j is refused",
    async (publicUrl) => {
      await expect(createMock({ publicUrl })).rejects.toThrow(OptionError);
    },
  );
});
