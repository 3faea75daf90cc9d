import { expect, test } from "vitest";
import { createViolations } from "./violations.ts";

test("Up to twenty violations are described, one sentence each", () => {
  const violations = createViolations();
  for (let index = 1; index <= 20; index++) violations.add(() => `${index}.`);
  expect(violations.count).toBe(20);
  expect(violations.describe()).toBe(Array.from({ length: 20 }, (_, index) => `${index + 1}.`).join(" "));
});

test("The message describes the first twenty violations and counts the others", () => {
  const violations = createViolations();
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
