import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { useServer } from "./server.ts";

describe("the console", () => {
  const server = useServer();
  const get = (path: string) => fetch(server.origin + path);

  test("The console is a page with a policy that allows no other origin, and each of its files exists", async () => {
    const response = await get("/mock/console/");
    expect(response.headers.get("Content-Type")).toContain("text/html");
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
    const files = [...(await response.text()).matchAll(/(?:src|href)="([^":]+)"/g)].map(
      ([, file]) => file ?? "",
    );
    expect(files.length).toBe(2);
    for (const file of files) expect((await get(`/mock/console/${file}`)).status, file).toBe(200);
  });

  test("The address without a slash redirects to the console", async () => {
    expect((await get("/mock/console")).url).toBe(`${server.origin}/mock/console/`);
  });

  test("The console's files are less than 100 kB compressed", async () => {
    const files = await Promise.all(
      ["", "console.js", "console.css"].map(async (file) =>
        (await get(`/mock/console/${file}`)).arrayBuffer(),
      ),
    );
    expect(files.reduce((sum, file) => sum + gzipSync(file).length, 0)).toBeLessThan(100_000);
  });
});

describe("without control operations", () => {
  const server = useServer({ control: false });

  test("There is no console", async () => {
    expect((await fetch(`${server.origin}/mock/console/`)).status).toBe(404);
  });
});

describe("behind a proxy that serves the mock below a prefix", () => {
  const server = useServer({ publicUrl: "https://example.com/prefix" });

  test("The address without a slash redirects to the console below the prefix", async () => {
    const response = await fetch(`${server.origin}/mock/console`, { redirect: "manual" });
    expect(response.headers.get("Location")).toBe("https://example.com/prefix/mock/console/");
  });
});
