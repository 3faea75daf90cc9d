import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { useMock } from "../harness.ts";

const mock = useMock();

// The page "What is emulated" shows this file. Write it again after a change of the documents or handlers:
// npx pnpm@12 --filter @thingspace-callbacks/contract-tests exec vitest run support -u
const file = fileURLToPath(import.meta.resolve("@thingspace-callbacks/docs/samples/support/support.json"));

test("The page of what is emulated shows the response to GET /mock/support", async () => {
  const support = await (await fetch(`${mock.origin()}/mock/support`)).json();
  await expect(`${JSON.stringify(support, null, 2)}\n`).toMatchFileSnapshot(file);
});
