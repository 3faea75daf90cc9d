import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { listShipped } from "../src/scenario/read.ts";
import { createHome, readControl, runCommand, useMock } from "./command.ts";

const mock = useMock();
const strict = useMock({ auth: "strict", config: new URL("users.yaml", import.meta.url).pathname });

const play = (...args: string[]) => runCommand(["run", "--origin", mock.origin, "--json", ...args]);

/** Writes a scenario to a file. */
function write(content: string): string {
  const path = join(createHome(), "scenario.yaml");
  writeFileSync(path, content);
  return path;
}

const place = "api: v1, account: 0242078689-00001";

test("The package has a happy upgrade, a flaky listener and expired tokens", () => {
  expect(listShipped()).toEqual(["expired-tokens", "flaky-listener", "happy-upgrade"]);
});

test.each(listShipped().map((name) => ({ name })))(
  "$name passes and leaves nothing at the mock",
  async ({ name }) => {
    const { exitCode, data } = await play(name);
    expect(
      data.scenarios[0].steps.filter(({ outcome }: { outcome: string }) => outcome !== "passed"),
    ).toEqual([]);
    expect(exitCode).toBe(0);
    expect((await readControl(mock.origin, "spaces")).spaces).toHaveLength(1);
    expect((await readControl(mock.origin, "state")).registrations).toEqual([]);
  },
);

test("The shipped scenarios pass at a mock with strict authentication", async () => {
  const { exitCode, output, errors } = await runCommand(
    ["run", ...listShipped(), "--origin", strict.origin],
    {
      env: {
        THINGSPACE_KEY: "example-key",
        THINGSPACE_SECRET: "example-secret",
        THINGSPACE_USERNAME: "example-user",
        THINGSPACE_PASSWORD: "example-password",
      },
    },
  );
  expect(exitCode, output + errors).toBe(0);
  expect(output + errors).not.toMatch(/example-(?:secret|password)/);
});

test("The scenario of the README passes", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, scenario = ""] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const { exitCode, output } = await play(write(scenario));
  expect(exitCode, output).toBe(0);
});

test("A listener of one's own gets the messages with --url, and a refused one fails the scenario", async () => {
  const types: string[] = [];
  const server = createServer(async (request, response) => {
    types.push(JSON.parse(await text(request)).type);
    response.writeHead(types.length === 1 ? 500 : 204).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { exitCode, data } = await play("happy-upgrade", "--url", url);
  server.close();
  const failed = data.scenarios[0].steps.find(({ outcome }: { outcome: string }) => outcome === "failed");
  expect({ exitCode, first: types[0], title: failed.title }).toEqual({
    exitCode: 1,
    first: "firmwareList",
    title: "Every message arrived at the first attempt",
  });
});

test("A listener that checks a password gets that of --username, and the response of one that refuses is shown", async () => {
  const server = createServer(async (request, response) => {
    const { username, password } = JSON.parse(await text(request));
    response.writeHead(username === "me" && password === "secret" ? 204 : 401).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const path = write(`
steps:
  - register: { ${place} }
  - send: { ${place}, type: upgradeScheduled }
  - wait: { deliveries: { status: delivered }, count: 1, within: 500ms }
`);
  const args = ["run", path, "--origin", mock.origin, "--url", url];
  const env = { THINGSPACE_CALLBACK_PASSWORD: "secret" };
  const right = await runCommand([...args, "--username", "me"], { env });
  const wrong = await runCommand(args, { env });
  server.close();
  expect(right.exitCode, right.output).toBe(0);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.output).toMatch(/There are others: \d+ upgradeScheduled pending \(401\)/);
});

test("A scenario sends a type that the documents do not have with unknown: true", async () => {
  const path = write(`
steps:
  - register: { ${place} }
  - send: { ${place}, type: typeOfTomorrow, unknown: true }
  - wait: { deliveries: { type: typeOfTomorrow, status: delivered } }
`);
  const { exitCode, output } = await play(path);
  expect(exitCode, output).toBe(0);
});

test("A scenario sends any type to a generation whose documents have no types", async () => {
  const path = write(`
steps:
  - register: { api: v3, account: 0000123456-00001 }
  - send: { api: v3, account: 0000123456-00001, type: statusChanged }
  - wait: { deliveries: { type: statusChanged, status: delivered } }
`);
  const { exitCode, output } = await play(path);
  expect(exitCode, output).toBe(0);
});

test("A scenario counts more deliveries than a page of the mock's list has", async () => {
  const path = write(`
steps:
  - register: { ${place} }
  - send: { ${place}, type: upgradeScheduled, count: 501 }
  - send: { ${place}, type: upgradeScheduled, count: 500 }
  - expect: { deliveries: { type: upgradeScheduled }, count: 1001 }
`);
  const { exitCode, output } = await play(path);
  expect(exitCode, output).toBe(0);
});

test("A failed step exits with 1, names its line and what was found, and skips the rest", async () => {
  const path = write(`
steps:
  - register: { ${place} }
  - expect: { requests: { operationId: registerCallback, body: { url: other } }, count: 2 }
  - list: { ${place} }
`);
  const junit = join(createHome(), "report.xml");
  const { exitCode, data } = await play(path, "--junit", junit);
  expect(exitCode).toBe(1);
  expect(data.scenarios[0].steps).toMatchObject([
    { outcome: "passed", line: 3 },
    {
      outcome: "failed",
      line: 4,
      code: "NOT_AS_EXPECTED",
      message: expect.stringMatching(
        /^Expected exactly 2 requests \(operationId registerCallback, body\), found 0\. There are others: \d+ registerCallback 200\.$/,
      ),
    },
    { outcome: "skipped" },
  ]);
  expect(readFileSync(junit, "utf8")).toContain(
    '<testsuite name="scenario" tests="3" failures="1" skipped="1"',
  );
  const { output } = await runCommand(["run", path, "--origin", mock.origin]);
  expect(output).toContain(`${path}:4: Expected exactly 2 requests`);
});

test("A scenario starts from its seed, in the space that --space names", async () => {
  const path = write(`
seed:
  registrations:
    - { api: v2, account: 0000123456-00001, url: "https://listener.example.com/fota" }
steps:
  - expect: { registrations: { api: v2, url: "https://listener.example.com/fota" }, count: 1 }
  - list: { api: v2, account: 0000123456-00001 }
  - expect: { requests: { direction: in, operationId: listCallbacks }, atMost: 1 }
  - fault: { api: v2, status: 503 }
`);
  const { exitCode, data } = await play(path, "--space", "mine");
  expect(exitCode, JSON.stringify(data)).toBe(0);
  const spaces = await readControl(mock.origin, "spaces");
  expect(JSON.stringify(spaces)).toContain("mine");
});

test("A refusal of the mock fails the step with the mock's words", async () => {
  const { exitCode, data } = await play(write("steps:\n  - fault: { status: 200 }\n"));
  expect(exitCode).toBe(1);
  expect(data.scenarios[0].steps[0].message).toContain("status");
});

describe("a scenario with a mistake", () => {
  test.each([
    {
      name: "an unknown step",
      content: "steps:\n  - registr: { api: v1 }",
      line: 2,
      words: "Known steps: register",
    },
    {
      name: "an unknown member",
      content: `steps:\n  - list: { ${place}, url: x }`,
      line: 2,
      words: "Known members: api",
    },
    {
      name: "a missing member",
      content: "steps:\n\n  - list: { api: v1 }",
      line: 3,
      words: "account must be a text",
    },
    {
      name: "an unknown generation",
      content: "steps:\n  - list: { api: v9, account: a }",
      line: 2,
      words: "v1, v2",
    },
    {
      name: "two actions",
      content: "steps:\n  - advance: 1s\n    fault: {}",
      line: 3,
      words: "advance and fault",
    },
    {
      name: "a misspelled type of message",
      content: `steps:\n  - send: { ${place}, type: upgradeSheduled }`,
      line: 2,
      words: "Known types: upgradeScheduled",
    },
    {
      name: "a send of no message",
      content: `steps:\n  - send: { ${place}, count: 0 }`,
      line: 2,
      words: "from 1 on",
    },
    {
      name: "an upgrade of no device",
      content: `steps:\n  - upgrade: { ${place}, devices: 0 }`,
      line: 2,
      words: "from 1 on",
    },
    { name: "a time without a unit", content: "steps:\n  - advance: 10", line: 2, words: "500ms" },
    { name: "no steps", content: "name: x", line: 1, words: "steps must be a list" },
    { name: "text instead of an object", content: "hello", line: 1, words: "not an object" },
    {
      name: "an expectation of nothing",
      content: "steps:\n  - expect: { count: 1 }",
      line: 2,
      words: "Exactly one",
    },
    { name: "bad YAML", content: "steps:\n  - {", line: 2, words: "" },
    {
      name: "aliases that multiply",
      content: `a: &a [x,x]\nb: &b [${"*a,".repeat(150)}]\nsteps: [*b]`,
      line: 1,
      words: "alias",
    },
  ])("$name exits with 2 and names the line $line", async ({ content, line, words }) => {
    const path = write(content);
    const { exitCode, error } = await play(path);
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "INVALID_SCENARIO" });
    expect(error.message).toContain(`${path}:${line}: `);
    expect(error.message).toContain(words);
  });

  test("A file that does not exist exits with 2 and names the shipped scenarios", async () => {
    const { exitCode, error } = await play("no-such.yaml");
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "FILE_UNREADABLE" });
    expect(error.remedy).toContain("happy-upgrade");
  });
});

test("Without a mock, run exits with 4; at production it exits with 2", async () => {
  expect((await play("happy-upgrade", "--origin", "http://127.0.0.1:9")).exitCode).toBe(4);
  const { exitCode, error } = await play("happy-upgrade", "--environment", "production");
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 2, code: "MOCK_ONLY" });
});
