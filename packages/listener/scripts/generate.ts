// Makes src/generated from the bundled documents: types and checks of the messages, source addresses, examples. The types
// are written by schema.ts, which writes the checks too: one walk over the schemas, so that types and checks say the
// same, and nothing but a message's schema is needed here.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import { addressesFile } from "./addresses.ts";
import { apisFile, type Bundle, examplesFile, messagesFile, messagesOf } from "./messages.ts";

const folder = fileURLToPath(new URL("../src/generated/", import.meta.url));
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const bundles = new Map<string, Bundle>();
for (const [api, { webhooks }] of Object.entries(catalogue)) {
  if (webhooks.length === 0) continue;
  const file = new URL(import.meta.resolve(`@thingspace-callbacks/contract/documents/${api}.json`));
  bundles.set(api, JSON.parse(await readFile(file, "utf8")));
}

const apis = [...bundles].map(([api, bundle]) => {
  const described = catalogue[api];
  if (!described) throw new Error(`${api} is not in the catalogue`);
  return messagesOf(api, described, bundle);
});
const webhooks = [...bundles.values()].flatMap((bundle) =>
  Object.values(bundle.webhooks).map(({ post }) => post),
);

const files = {
  "messages.ts": messagesFile(apis),
  "apis.ts": apisFile(apis),
  "examples.ts": examplesFile(apis),
  "addresses.ts": addressesFile(webhooks),
};
const notice = "// Generated from spec/ by scripts/generate.ts. Do not edit.\n";
for (const [name, text] of Object.entries(files)) await writeFile(folder + name, notice + text);
