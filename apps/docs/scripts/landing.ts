import type { Api, Operation } from "@thingspace-callbacks/spec";

/** The landing page: what this is, and a link to the reference of each document. */
export function landingPage(catalogue: Record<string, Api>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="./">
<title>ThingSpace Callbacks</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Reference of the Verizon ThingSpace FOTA callback APIs. Unofficial.">
<link rel="icon" href="favicon.svg">
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .25rem; }
ul { padding-left: 1.25rem; }
footer { margin-top: 3rem; opacity: .75; }
</style>
</head>
<body>
<h1>ThingSpace Callbacks</h1>
<p>Register the URL that ThingSpace calls when new firmware is available and when upgrades start, progress and finish:
the generations of one API, the two tokens that all of them need, and the mock to try them on.</p>
<main>
${Object.entries(catalogue).map(section).join("\n")}
</main>
<footer><p>An unofficial project, not affiliated with Verizon.</p></footer>
</body>
</html>
`;
}

function section([name, api]: [string, Api]): string {
  return `<h2><a href="${name}/">${text(api.title)}</a></h2>
<p>${text(api.summary)}<br><code>${text(api.servers.production ?? api.servers.mock)}</code></p>
<ul>
${api.operations.map(item).join("\n")}
</ul>`;
}

function item({ method, path, summary }: Operation): string {
  return `<li>${text(summary)}: <code>${method.toUpperCase()} ${text(path)}</code></li>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const text = (value: string) => value.replace(/[&<>"]/g, (character) => entities[character] ?? character);
