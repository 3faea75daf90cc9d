import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { apis, buildExampleRequest } from "@thingspace-callbacks/contract";
import { findFreePort } from "@thingspace-callbacks/test-support";
import { expect, test } from "vitest";
import { forStockPrism } from "./runs.ts";

const script = fileURLToPath(new URL("../../mock/scripts/prism.ts", import.meta.url));

test.each(forStockPrism(apis))("the stock prism mock serves $name", async ({ name, operations }) => {
  const port = await findFreePort();
  const prism = spawn(process.execPath, [script, name, "--port", String(port)]);
  try {
    for await (const line of createInterface({ input: prism.stdout })) {
      if (line.includes("Prism is listening")) break;
    }
    prism.stdout.resume();
    for (const operation of operations) {
      const { path, ...init } = buildExampleRequest(operation);
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      expect(response.ok, operation.operationId).toBe(true);
    }
  } finally {
    prism.kill();
    await once(prism, "exit");
  }
});

test("An unknown document is refused by name", async () => {
  const prism = spawn(process.execPath, [script, "v9"]);
  const [[error], [code]] = await Promise.all([once(prism.stderr, "data"), once(prism, "exit")]);
  expect(code).toBe(1);
  expect(String(error)).toContain(`One of: ${apis.map(({ name }) => name).join(", ")}.`);
});
