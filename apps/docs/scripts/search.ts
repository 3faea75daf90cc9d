import { rm } from "node:fs/promises";
import { apis, listOperations } from "@thingspace-callbacks/contract";
import { close, createIndex } from "pagefind";
import { anchorOf } from "../src/reference/anchor.ts";
import { output } from "./output.ts";

/** Rebuilds the search index with the pages, as Starlight does, and with each operation of the reference. */
export async function searchIndex(): Promise<void> {
  const { index } = await createIndex();
  if (!index) throw new Error("Pagefind could not create an index");
  await index.addDirectory({ path: output() });
  for (const api of apis) {
    for (const operation of listOperations(api)) {
      const { operationId, method, path, summary, description } = operation;
      await index.addCustomRecord({
        url: `/${api.name}/${anchorOf(operation)}`,
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
