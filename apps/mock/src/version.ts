import { readFileSync } from "node:fs";

// This file stays beside `index.ts`: the manifest is one folder up from src/, from dist/ and from the bundle alike.
/** Version of this package. */
export const { version }: { version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);
