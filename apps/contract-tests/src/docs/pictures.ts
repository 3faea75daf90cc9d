// Draws the pictures of the docs that browsers and other sites demand as PNG, from the SVG files of the docs.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../browser.ts";

const fileOf = (path: string) => fileURLToPath(new URL(`../../../docs/${path}`, import.meta.url));

const pictures = [
  { source: "src/pictures/social.svg", target: "public/social.png", width: 1200, height: 630 },
  { source: "public/favicon.svg", target: "public/favicon.png", width: 48, height: 48 },
  { source: "public/favicon.svg", target: "public/apple-touch-icon.png", width: 180, height: 180 },
];

const browser = await launchBrowser();
for (const { source, target, width, height } of pictures) {
  const page = await browser.newPage({ viewport: { width, height } });
  const svg = await readFile(fileOf(source), "utf8");
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`,
  );
  await page.screenshot({ path: fileOf(target), omitBackground: true });
}
await browser.close();
