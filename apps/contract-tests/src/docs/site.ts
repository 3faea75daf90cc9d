import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.resolve("@thingspace-callbacks/docs/dist/index.html")));

/** Every file of the site, as paths from its root. */
export const files = readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) =>
  file.replaceAll("\\", "/"),
);

/** Every page of the site, as a path from its root: "" is the landing page, "guides/errors/" another. */
export const pages = files
  .filter((file) => /(^|\/)index\.html$/.test(file))
  .map((file) => file.replace(/index\.html$/, ""));

/** Returns the page of some with the shortest HTML. */
export function findShortest(paths: string[]): string | undefined {
  const size = (path: string) => statSync(`${root}${path}index.html`).size;
  return paths.toSorted((one, other) => size(one) - size(other))[0];
}

export const textOf = (file: string) => readFile(root + file, "utf8");
export const bytesOf = (file: string) => readFile(root + file);

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  json: "application/json",
  png: "image/png",
};

/** The header that the hosting guide shows. */
const [policyName = "", policy = ""] = readFileSync(
  fileURLToPath(
    import.meta.resolve("@thingspace-callbacks/docs/samples/hosting/content-security-policy.txt"),
  ),
  "utf8",
)
  .trim()
  .split(": ");

/** Serves the site as a plain static host does, below a path, with the content security policy of the hosting guide. */
export async function serveSite(prefix: string): Promise<{ href: string; close: () => void }> {
  const server: Server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const file = pathname.startsWith(prefix)
      ? pathname.slice(prefix.length).replace(/(^|\/)$/, "$1index.html")
      : "none";
    response.setHeader(policyName, policy);
    try {
      const content = await readFile(root + file);
      response.setHeader("Content-Type", types[file.split(".").at(-1) ?? ""] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.writeHead(404, { "Content-Type": "text/html; charset=utf-8" }).end(await textOf("404.html"));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { href: `http://127.0.0.1:${port}${prefix}`, close: () => server.close() };
}
