import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { playSessions } from "../scripts/terminal.ts";
import { hasTerminal } from "./has-terminal.ts";

const folder = new URL("../../../apps/docs/samples/shell/", import.meta.url);

test.skipIf(!hasTerminal)("The terminal sessions of the docs are what the command prints", async () => {
  const sessions = await playSessions();
  expect(sessions.map(({ name }) => `${name}.txt`).sort()).toEqual(readdirSync(folder).sort());
  for (const { name, text } of sessions) {
    expect(text, `node scripts/sessions.ts writes ${name}.txt`).toBe(
      readFileSync(new URL(`${name}.txt`, folder), "utf8"),
    );
  }
});
