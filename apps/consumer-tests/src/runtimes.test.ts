import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodes } from "./binaries.ts";
import { run } from "./command.ts";
import { type Consumer, createConsumer } from "./consumer.ts";
import { packages } from "./packages.ts";
import { runtimes } from "./runtimes/index.ts";
import { openTarball } from "./tarball.ts";

let mock: Mock;
let origin: string;
beforeAll(async () => {
  mock = await createMock({ cors: "*" });
  origin = await mock.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => mock?.close());

describe.each(packages)("%s, from its tarball,", (name) => {
  let consumer: Consumer;
  beforeAll(async () => {
    consumer = await createConsumer(name);
  });
  afterAll(() => consumer?.remove());

  test.each(Object.entries(runtimes))("The program of the consumer runs in %s", async (runtime, call) => {
    const { input, expected } = await import(`../consumers/${name}/case.ts`);
    const given = input(origin, runtime);
    expect(await call(consumer.folder, given)).toEqual(expected(given));
  });

  test.each(Object.entries(nodes))("Every entry can be imported in %s", async (_, node) => {
    const { manifest } = await openTarball(name);
    const specifiers = Object.keys(manifest.exports).map((entry) => manifest.name + entry.slice(1));
    const program = `for (const specifier of ${JSON.stringify(specifiers)}) await import(specifier);`;
    await run(node, ["--input-type=module", "--eval", program], { cwd: consumer.folder });
  });
});
