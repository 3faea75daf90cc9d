import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { apis } from "@thingspace-callbacks/contract";
import { languages } from "../src/samples/samples.ts";
import { filesOf, output } from "./output.ts";
import { documentForRedoc } from "./redoc-document.ts";

const original = "@redocly/cli/lib/chunks/redoc.standalone.js";

/** Options of Redoc. */
const options = {
  disableTelemetry: true,
  // Redoc scrolls headings to a position below the header of the site.
  scrollYOffset: 80,
  jsonSamplesExpandLevel: "all",
  codeSamples: { languages: [...languages, { lang: "payload", label: "Payload" }] },
};

/** A change of Redoc's script: text that it contains exactly once, and what replaces it. */
interface Change {
  reason: string;
  text: string;
  replacement: string;
}

const changes: Change[] = [
  {
    reason: "With the label, a screen reader does not read the selected example.",
    text: '"aria-label":`Example`,options:',
    replacement: "options:",
  },
  {
    reason: "A group of operations is open.",
    text: "e.children.length>0&&e.content.contentType!==nh.GROUP",
    replacement: "e.children.length>0",
  },
  {
    reason: "An operation is shown although nobody has chosen its group.",
    text: "e.content===null||s&&!Pwe(e.gatePath,t)?null:",
    replacement: "e.content===null?null:",
  },
  {
    reason: "The page has one main element, and it is the site's.",
    text: "Tje=L.main`",
    replacement: "Tje=L.div`",
  },
  ...[
    { text: "AL=L.h4.attrs(", replacement: "AL=L.h3.attrs(" },
    { text: "zxe=L.h5`", replacement: "zxe=L.h4`" },
    { text: "nwe=L.h5`", replacement: "nwe=L.h4`" },
  ].map((change) => ({ reason: "No level of headings is left out, below that of an operation.", ...change })),
  {
    reason: "The buttons of the site keep their look.",
    text: "`\n  button {\n",
    replacement: "`\n  :where(#redoc, body > :not(.page)) button {\n",
  },
];

/**
 * Makes Redoc show every part of the page, not only those that the reader has scrolled to: otherwise the browser can
 * neither find nor print them.
 */
const showEverything = `const IntersectionObserver = class {
  constructor(notify) { this.notify = notify; }
  observe(target) { queueMicrotask(() => this.notify?.([{ isIntersecting: true, target }])); }
  unobserve() {}
  disconnect() { this.notify = null; }
};
`;

/** Writes Redoc's script, which all pages of the reference share, and the document of each page. */
export async function redocFiles(): Promise<void> {
  await mkdir(output("_redoc"), { recursive: true });
  for (const { name, ...api } of apis) {
    const document = await documentForRedoc({ name, ...api });
    await writeFile(output(`_redoc/${name}.json`), JSON.stringify({ document, options }));
  }
  const script = await readScript();
  // A browser can keep the file forever, because its name changes with its content.
  const hash = createHash("sha256").update(script).digest("hex").slice(0, 8);
  await writeFile(output(`_redoc/redoc.${hash}.js`), script);
  for (const page of await filesOf("*/index.html")) {
    const html = await readFile(output(page), "utf8");
    if (html.includes("_redoc/redoc.js"))
      await writeFile(output(page), html.replace("_redoc/redoc.js", `_redoc/redoc.${hash}.js`));
  }
}

async function readScript(): Promise<string> {
  const script = await readFile(fileURLToPath(import.meta.resolve(original)), "utf8");
  const changed = changes.reduce((text, change) => replaceOnce(text, change), script);
  const credit = await readFile(fileURLToPath(new URL("redocly.svg", import.meta.url)), "base64");
  return (
    showEverything +
    changed.replace(
      /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g,
      `data:image/svg+xml;base64,${credit}`,
    )
  );
}

function replaceOnce(script: string, { reason, text, replacement }: Change): string {
  const [before, after, more] = script.split(text);
  if (before === undefined || after === undefined || more !== undefined)
    throw new Error(
      `Redoc's script has changed: ${text} is not in it exactly once. Why it was replaced: ${reason}`,
    );
  return before + replacement + after;
}
