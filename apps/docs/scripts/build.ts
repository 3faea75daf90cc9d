// Builds dist: the guides and generated pages (Astro), the reference (Redoc), the files for machines, and the search.
// It appears there when it is complete. All links are relative, so that the site can be served below any path.
import { rm } from "node:fs/promises";
import { addAddressTags } from "./address-tags.ts";
import { compressedFiles } from "./compress.ts";
import { changelogFeed } from "./feed.ts";
import { machineFiles } from "./machines.ts";
import { notFoundPage } from "./not-found.ts";
import { output, publishOutput } from "./output.ts";
import { redocFiles } from "./redoc.ts";
import { relativeAddresses } from "./relative.ts";
import { run } from "./run.ts";
import { sampleFiles } from "./samples.ts";
import { searchIndex } from "./search.ts";

await rm(output(), { recursive: true, force: true });
await run("astro", ["build", "--silent"]);
await sampleFiles();
await relativeAddresses();
await redocFiles();
await searchIndex();
await machineFiles();
await changelogFeed();
await addAddressTags();
await notFoundPage();
await compressedFiles();
await publishOutput();
