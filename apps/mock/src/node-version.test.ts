import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { demandNode } from "./node-version.ts";

test.each(["22.19.0", "22.23.1", "24.0.0", "100.0.0"])("Node.js %s is new enough", (version) => {
  expect(() => demandNode(version)).not.toThrow();
});

test.each(["18.20.0", "20.20.2", "22.18.9"])("Node.js %s is refused by its version", (version) => {
  expect(() => demandNode(version)).toThrow(version);
});

test("The oldest accepted Node.js is the one in the manifest", () => {
  const oldest = manifest.engines.node.replace(/^>=/, "");
  expect(() => demandNode(`${oldest}.0`)).not.toThrow();
  expect(() => demandNode(`${Number(oldest.split(".")[0])}.${Number(oldest.split(".")[1]) - 1}.9`)).toThrow();
});
