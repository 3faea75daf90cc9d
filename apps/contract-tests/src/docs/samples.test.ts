import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type Api,
  apis,
  getExampleParameters,
  getFirstExample,
  getSuccess,
  listOperations,
  registrations,
} from "@thingspace-callbacks/contract";
import { createMock } from "@thingspace-callbacks/mock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { useMock } from "../harness.ts";
import { startGo } from "./programs/go.ts";
import { startJava } from "./programs/java.ts";
import { isInstalled, type SampleProgram } from "./programs/program.ts";
import { startPython } from "./programs/python.ts";
import type { SampleFile } from "./programs/sample-file.ts";

const mock = useMock();
const received: unknown[] = [];
const listener = createServer(async (request, response) => {
  received.push(JSON.parse(await text(request)));
  response.writeHead(204).end();
});
let listenerOrigin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  listenerOrigin = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});
afterAll(() => listener.close());
afterEach(() => fetch(`${mock.origin()}/mock/state`, { method: "DELETE" }));
beforeEach(() => {
  received.length = 0;
});

const fileOf = (path: string) => fileURLToPath(import.meta.resolve(`@thingspace-callbacks/docs/${path}`));
const secrets = {
  ACCESS_TOKEN: "any",
  SESSION_TOKEN: "any",
  THINGSPACE_KEY: "any",
  THINGSPACE_SECRET: "any",
  MOCK_CONTROL_TOKEN: "any",
};

/** The environment variables that make the samples of each API call the mock. */
const urlVariable = (api: string) => `THINGSPACE_URL_${api}`;
const urls = () =>
  Object.fromEntries(
    apis.map(({ name, servers }) => {
      const path = new URL(servers.production ?? servers.mock).pathname;
      return [urlVariable(name), mock.origin() + new URL(servers.mock).pathname.slice(0, -path.length)];
    }),
  );

/** Returns the sample with the addresses of this test's mock and listener, and a variable for its API alone. */
function here(api: string, sample: string): string {
  return (
    sample
      .replaceAll("THINGSPACE_URL", urlVariable(api))
      // The sample of redeliver names the first delivery. In these tests, it has another id.
      .replace(/"?\bid"?: ?1\b/, '"api": "v1"')
      .replaceAll("http://127.0.0.1:4010", mock.origin())
      .replaceAll("http://127.0.0.1:8080", listenerOrigin)
  );
}

async function run(command: string, args: string[]): Promise<string> {
  const env = { ...process.env, ...secrets, ...urls() };
  const { stdout } = await promisify(execFile)(command, args, { env, timeout: 120_000 });
  return stdout;
}

const has = {
  python: isInstalled("python3"),
  ruby: isInstalled("ruby"),
  php: isInstalled("php"),
  java: isInstalled("javac"),
  go: isInstalled("go", "version"),
};

/** Operations whose samples end. The stream of events has no end. */
const listFinite = ({ operations }: Api) =>
  operations.filter(({ operationId }) => operationId !== "streamEvents");

/** Returns the samples of all APIs in one language. */
function readSamples(extension: string): SampleFile[] {
  return apis.flatMap((api) =>
    api.operations.map(({ operationId }) => {
      const path = fileOf(`generated/samples/${api.name}/${operationId}.${extension}`);
      return { api: api.name, operationId, source: here(api.name, readFileSync(path, "utf8")) };
    }),
  );
}

let python: SampleProgram | undefined;
let java: SampleProgram | undefined;
let go: SampleProgram | undefined;
beforeAll(async () => {
  const env = { ...secrets, ...urls() };
  [python, java, go] = await Promise.all([
    has.python ? startPython(readSamples("py"), env) : undefined,
    has.java ? startJava(readSamples("java"), env) : undefined,
    has.go ? startGo(readSamples("go"), env) : undefined,
  ]);
});
afterAll(() => {
  python?.close();
  java?.close();
  go?.close();
});

describe.each(apis)("each sample of $name", (described) => {
  const { name: api, operations, message } = described;
  const sampleOf = (operationId: string, extension: string) => {
    const path = fileOf(`generated/samples/${api}/${operationId}.${extension}`);
    return here(api, readFileSync(path, "utf8"));
  };
  const finite = listFinite(described);

  beforeEach(async () => {
    const accounts = operations.flatMap((operation) => getExampleParameters(operation)["account"] ?? []);
    const account = accounts[0] ?? "0242078689-00001";
    const state = registrations.map((name) => ({
      api: name,
      account,
      url: `${listenerOrigin}/fota`,
    }));
    const body = JSON.stringify({ registrations: state });
    const headers = { "Content-Type": "application/json" };
    await fetch(`${mock.origin()}/mock/state`, { method: "DELETE" });
    await fetch(`${mock.origin()}/mock/state`, { method: "PUT", headers, body });
    if (api !== "control") return;
    const post = (path: string, value: unknown, more = {}) =>
      fetch(`${mock.origin()}/mock/${path}`, {
        method: "POST",
        headers: { ...headers, ...more },
        body: JSON.stringify(value),
      });
    const event = { api: "v1", account, type: "upgradeScheduled" };
    await post("events", event);
    await post("snapshots", { name: "registered" });
    await fetch(`${mock.origin()}/mock/clock`, { headers: { "X-Mock-Space": "team-a" } });
  });

  test.each(finite)("The curl sample of $operationId succeeds", async (operation) => {
    const { operationId } = operation;
    const sample = `${sampleOf(operationId, "sh")} --silent --show-error --write-out '%{http_code}'`;
    const success = String(getSuccess(operation).status);
    expect((await run("sh", ["-c", sample.replace(/\n(?= --silent)/, "")])).slice(-3)).toBe(success);
  });

  test.runIf(has.python).each(finite)("The Python sample of $operationId succeeds", async (operation) => {
    const printed = await python?.run(`${api}/${operation.operationId}`);
    expect(printed?.slice(0, 3)).toBe(String(getSuccess(operation).status));
  });

  test.runIf(has.ruby).each(finite)("The Ruby sample of $operationId succeeds", async (operation) => {
    const success = String(getSuccess(operation).status);
    const printed = await run("ruby", ["-e", sampleOf(operation.operationId, "rb")]);
    expect(printed.slice(0, 3)).toBe(success);
  });

  test.runIf(has.php).each(finite)("The PHP sample of $operationId succeeds", async (operation) => {
    const success = String(getSuccess(operation).status);
    const printed = await run("php", ["-r", sampleOf(operation.operationId, "php").replace("<?php", "")]);
    expect(printed.slice(0, 3)).toBe(success);
  });

  test.runIf(has.java).each(finite)("The Java sample of $operationId succeeds", async (operation) => {
    const { operationId } = operation;
    const className = operationId.charAt(0).toUpperCase() + operationId.slice(1);
    const printed = await java?.run(`${api}/${className}`);
    expect(printed?.slice(0, 3)).toBe(String(getSuccess(operation).status));
  });

  test.runIf(has.go).each(finite)("The Go sample of $operationId succeeds", async (operation) => {
    const printed = await go?.run(`${api}/${operation.operationId}`);
    expect(printed?.slice(0, 3)).toBe(String(getSuccess(operation).status));
  });

  test.each(message ? [message] : [])(
    "$operationId reaches a listener by curl",
    async ({ operationId, body }) => {
      await run("sh", ["-c", sampleOf(operationId, "sh")]);
      expect(received).toEqual([getFirstExample(body)]);
    },
  );

  test.each(listOperations(described))("$operationId has samples", ({ operationId }) => {
    expect(existsSync(fileOf(`generated/samples/${api}/${operationId}.sh`))).toBe(true);
  });
});

describe("the quick start", () => {
  const step = (name: string) => here("v1", readFileSync(fileOf(`samples/quick-start/${name}`), "utf8"));
  const printed = (name: string) => JSON.parse(step(name));

  test("The quick start registers, receives a message and deregisters", async () => {
    expect(JSON.parse(await run("sh", ["-c", step("3-register.sh")]))).toEqual(printed("3-register.json"));
    await run("sh", ["-c", step("4-message.sh")]);
    await expect.poll(() => received).toEqual([printed("4-message.json")]);
    const { deliveries } = JSON.parse(await run("sh", ["-c", step("5-deliveries.sh")]));
    expect(deliveries).toHaveLength(1);
    expect(JSON.parse(await run("sh", ["-c", step("6-deregister.sh")]))).toEqual(
      printed("6-deregister.json"),
    );
  });

  test("The quick start uses the listener of the mock's examples", () => {
    const [, file = ""] = /^node (\S+) 8080\n$/.exec(step("2-listen.sh").replace(listenerOrigin, "")) ?? [];
    expect(existsSync(fileURLToPath(new URL(`../../../../${file}`, import.meta.url)))).toBe(true);
    expect(step("1-start.sh")).toBe("npx --yes pnpm@12 start\n");
  });
});

describe("the guides' samples", () => {
  let help = "";
  beforeAll(async () => {
    const main = fileURLToPath(new URL("main.js", import.meta.resolve("@thingspace-callbacks/mock")));
    help = await run(process.execPath, [main, "--help"]);
  });

  const sample = (name: string) => here("v1", readFileSync(fileOf(`samples/${name}`), "utf8"));

  test("The sample without a client gets both tokens and makes a call", async () => {
    expect(await run("sh", ["-c", sample("mock/log-in.sh")])).toBe("{}");
  });

  test("The sample of an upgrade works", async () => {
    await run("sh", ["-c", here("v1", readFileSync(fileOf("samples/quick-start/3-register.sh"), "utf8"))]);
    const { deliveries } = JSON.parse(await run("sh", ["-c", sample("mock/upgrade.sh")]));
    await expect.poll(() => received.length).toBe(deliveries.length);
  });

  test("The sample that prefers a status gets the documented response", async () => {
    const received = JSON.parse(await run("sh", ["-c", sample("faults/prefer.sh")]));
    expect(received).toMatchObject({ errorCode: "INVALID_PARAMETER" });
  });

  const controlSamples = [
    "wait",
    "requests",
    "verify",
    "redeliver",
    "advance",
    "freeze",
    "snapshot",
    "space",
  ];
  const faultSamples = ["sequence", "slow-listener"];
  test.each([...controlSamples, ...faultSamples])(
    "Each request of the sample control/%s.sh succeeds",
    async (name) => {
      await run("sh", ["-c", here("v1", readFileSync(fileOf("samples/quick-start/3-register.sh"), "utf8"))]);
      await run("sh", ["-c", sample("mock/upgrade.sh")]);
      const quiet = 'set -e; curl() { command curl --silent --show-error --fail-with-body "$@"; }; ';
      const printed = await run("sh", ["-c", quiet + sample(`control/${name}.sh`)]);
      if (name === "verify") expect(JSON.parse(printed)).toMatchObject({ verified: true });
      if (name === "wait") expect(JSON.parse(printed).total).toBeGreaterThan(0);
    },
  );

  test("The mock starts from the sample of a seed", async () => {
    const seeded = await createMock({ seed: fileOf("samples/control/seed.yaml") });
    const state = (await (await seeded.fetch("http://mock/mock/state")).json()) as {
      registrations: unknown[];
    };
    expect(state.registrations).toHaveLength(1);
    await seeded.close();
  });

  test("The mock has the options that the samples for GitHub Actions use", async () => {
    const { jobs } = parse(sample("ci/actions.yaml"));
    for (const variable of Object.keys(jobs.test.services.mock.env)) {
      expect(help).toContain(`--${variable.replace("MOCK_", "").toLowerCase().replaceAll("_", "-")} `);
    }
    const steps: { run?: string }[] = parse(sample("ci/actions-npm.yaml")).jobs.test.steps;
    const start = steps.find(({ run }) => run?.startsWith("thingspace-callbacks-mock "))?.run ?? "";
    for (const option of start.match(/--[a-z-]+/g) ?? []) expect(help).toContain(`${option} `);
  });

  test.each(["faults/unavailable.sh", "faults/clock.sh", "faults/reset.sh"])(
    "The mock accepts the sample %s",
    async (name) => {
      const status = await run("sh", [
        "-c",
        `${sample(name).trim()} --silent --output /dev/null --write-out '%{http_code}'`,
      ]);
      expect(status).toBe("200");
    },
  );

  test.each([
    "mock/strict.sh",
    "vendor-sdk/start.sh",
    "vendor-sdk/start-for-containers.sh",
    "hosting/mock.sh",
    "hosting/postgres.sh",
  ])("The sample %s uses existing options", async (name) => {
    const options = sample(name).match(/(?<= )--(?!yes)[a-z-]+/g) ?? [];
    expect(options.length).toBeGreaterThan(1);
    for (const option of options) expect(help).toContain(`${option} `);
    for (const [file] of sample(name).matchAll(/apps\/\S+/g)) {
      expect(existsSync(fileURLToPath(new URL(`../../../../${file}`, import.meta.url)))).toBe(true);
    }
  });

  test("The sample of the mock in a test works", async () => {
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const args = ["--input-type=module-typescript", "--eval", sample("mock/in-a-test.ts")];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 120_000 });
    expect(stdout).toContain("https://listener.example.com/fota");
  });

  test.runIf(has.python)("The sample changes the table of hosts of a vendor SDK", async () => {
    const table = [
      "import sys, types",
      "class Environment: PRODUCTION = 0",
      "class Configuration: environments = {0: {1: 'https://thingspace.verizon.com/api/fota/v1'}}",
      "sys.modules['verizon'] = types.ModuleType('verizon')",
      "sys.modules['verizon.configuration'] = module = types.ModuleType('verizon.configuration')",
      "module.Configuration, module.Environment = Configuration, Environment",
    ];
    const after = "print(Configuration.environments[0][1])";
    const printed = await run("python3", ["-c", [...table, sample("vendor-sdk/table.py"), after].join("\n")]);
    expect(printed.trim()).toBe(`${mock.origin()}/api/fota/v1`);
  });
});
