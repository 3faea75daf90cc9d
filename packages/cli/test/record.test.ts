import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHome, readControl, runCommand, useMock } from "./command.ts";

const mock = useMock();

/** Runs `record` until a message with news and a documented one have arrived. */
async function recordTwo(file: string) {
  const end = new AbortController();
  let arrived = 0;
  const done = runCommand(["record", "--out", file, "--origin", mock.origin, "--json"], {
    watchEnd: () => end.signal,
    writeOutput: (line) => {
      const { event } = JSON.parse(line);
      if (event === "listening") void trigger();
      if (event === "message" && ++arrived === 2) end.abort();
    },
  });
  return done;

  async function trigger() {
    await send("upgradeScheduled");
    await send("upgradeScheduled", "--set", "invention=secret-9900001", "--set", "password=very-secret");
  }
}

const send = (...args: string[]) => runCommand(["trigger", ...args, "--origin", mock.origin, "--json"]);

test("record writes messages without secrets for its owner only, and record report says what is not documented", async () => {
  const file = join(createHome(), "messages.jsonl");
  const { exitCode, errors } = await recordTwo(file);
  expect(exitCode).toBe(0);
  expect(errors).toContain("unknownMember /invention");
  expect((await readControl(mock.origin, "state")).registrations).toEqual([]);
  const written = readFileSync(file, "utf8");
  expect(written.trim().split("\n")).toHaveLength(2);
  expect(written).not.toMatch(/very-secret|9900001|0242078689/);
  expect(statSync(file).mode & 0o077).toBe(0);

  const { data } = await runCommand(["record", "report", file, "--json"]);
  expect(data).toMatchObject({ messages: 2, apis: { v1: 2 } });
  expect(data.findings).toContainEqual(
    expect.objectContaining({ api: "v1", kind: "unknownMember", path: "/invention", messages: 1 }),
  );
  const { output } = await runCommand(["record", "report", file]);
  expect(output).toContain("| v1 | unknownMember | /invention | string |");
});

test("The report escapes what a sender could use in Markdown, and counts the same difference once", async () => {
  const file = join(createHome(), "messages.jsonl");
  const news = [{ kind: "unknownMember", path: "/a|b`<x>", found: "string" }];
  const lines = ["2026-11-01", "2026-11-02"].map((at) =>
    JSON.stringify({ at, api: "v2", message: {}, news }),
  );
  writeFileSync(file, `${lines.join("\n")}\n\n`);
  const { output } = await runCommand(["record", "report", file]);
  expect(output).toContain("| /a\\|b\\`\\<x\\> | string |  | 2 | 2026-11-01 | 2026-11-02 |");
});

test.each([
  { name: "a line that is not JSON", content: "{" },
  { name: "JSON of something else", content: "[]" },
])("A file with $name exits with 2 and names the line", async ({ content }) => {
  const file = join(createHome(), "messages.jsonl");
  writeFileSync(file, content);
  const { exitCode, error } = await runCommand(["record", "report", file, "--json"]);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "INVALID_FILE" });
  expect(error.message).toContain(`${file}:1 `);
});

test("A file that does not exist exits with 2, and so does one that cannot be written", async () => {
  expect((await runCommand(["record", "report", "no-such-file", "--json"])).error.code).toBe(
    "FILE_UNREADABLE",
  );
  const { exitCode, error } = await runCommand(["record", "--out", "/no-such-folder/x", "--json"]);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "FILE_UNWRITABLE" });
});
