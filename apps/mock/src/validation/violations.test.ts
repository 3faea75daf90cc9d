import { expect, test } from "vitest";
import { Violations } from "./violations.ts";

test("Up to twenty violations are described, one sentence each", () => {
  const violations = new Violations();
  for (let index = 1; index <= 20; index++) violations.add(() => `${index}.`);
  expect(violations.count).toBe(20);
  expect(violations.describe()).toBe(Array.from({ length: 20 }, (_, index) => `${index + 1}.`).join(" "));
});

test("The message describes the first twenty violations and counts the others", () => {
  const violations = new Violations();
  let made = 0;
  for (let index = 1; index <= 1_000; index++) {
    violations.add(() => {
      made += 1;
      return `${index}.`;
    });
  }
  expect(made).toBe(20);
  expect(violations.describe((sentence) => `a${sentence}`)).toMatch(/^a1\. a2\. .* a20\. There are 980 more/);
});
