import { rm } from "node:fs/promises";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import { close, createIndex } from "pagefind";
import { anchorOf } from "../src/reference/anchor.ts";
import { output } from "./output.ts";

/** Makes the search anew: over the pages, as Starlight has done, and over each operation, which leads into the reference. */
export async function searchIndex(): Promise<void> {
  const { index } = await createIndex();
  if (!index) throw new Error("Pagefind cannot make an index");
  await index.addDirectory({ path: output() });
  for (const [name, api] of Object.entries(catalogue)) {
    for (const operation of [...api.operations, ...api.webhooks]) {
      const { operationId, method, path, summary, description } = operation;
      await index.addCustomRecord({
        url: `/${name}/${anchorOf(operation)}`,
        content: `${summary}. ${operationId}. ${method.toUpperCase()} ${path}. ${description}`,
        language: "en",
        meta: { title: `${summary} (${api.title})` },
      });
    }
  }
  await rm(output("pagefind"), { recursive: true, force: true });
  const { errors } = await index.writeFiles({ outputPath: output("pagefind") });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  await close();
}
