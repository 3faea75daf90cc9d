import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { apis } from "../src/generated/apis.ts";
import { validateOptions } from "../src/settings.ts";

const textOf = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const readme = textOf("README.md");

test.each(["messages", "node", "inbox"])("the README contains the example %s unchanged", (name) => {
  expect(readme).toContain(`\`\`\`ts\n${textOf(`examples/${name}.ts`)}\`\`\``);
});

test("the README of the repository contains the same listener", () => {
  const [, listener] = /\n(import (?:.|\n)*)/.exec(textOf("examples/messages.ts")) ?? [];
  expect(textOf("../../README.md")).toContain(`\`\`\`ts\n${listener}\`\`\``);
});

test("the README names every message type and the defaults", () => {
  for (const { types } of Object.values(apis))
    for (const type of types) expect(readme).toContain(`\`${type}\``);
  const { handlerTimeoutMs, bodyTimeoutMs, maxBodyBytes } = validateOptions({
    api: "v1",
    verify: () => true,
    on: { other: () => {} },
  });
  for (const [name, value] of Object.entries({ handlerTimeoutMs, bodyTimeoutMs, maxBodyBytes })) {
    expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\| ${value} `));
  }
});
