import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Creates an empty folder for the configuration. */
export const createHome = () => mkdtempSync(join(tmpdir(), "thingspace-callbacks-cli-"));
