import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { checkCallbackUrl } from "../src/doctor/callback-url.ts";
import { judgeCertificate, readCertificate } from "../src/doctor/certificate.ts";
import { checkClock } from "../src/doctor/service.ts";
import { readControl, runCommand, useMock } from "./command.ts";

const mock = useMock();
const strict = useMock({ auth: "strict", config: new URL("users.yaml", import.meta.url).pathname });
const account = "0242078689-00001";
const login = {
  THINGSPACE_KEY: "example-key",
  THINGSPACE_SECRET: "example-secret",
  THINGSPACE_USERNAME: "example-user",
  THINGSPACE_PASSWORD: "example-password",
};

const doctor = (args: string[], env = {}) => runCommand(["doctor", "--json", ...args], { env });

interface Found {
  check: string;
  outcome: string;
}
const toOutcomes = ({ findings }: { findings: Found[] }) =>
  Object.fromEntries(findings.map(({ check, outcome }) => [check, outcome]));

test("doctor says that an account is not registered, and exits with 0", async () => {
  const { exitCode, data } = await doctor(["--origin", mock.origin, "--account", account]);
  expect(toOutcomes(data)).toEqual({
    ...{ service: "ok", clock: "ok", tokens: "skipped", registrations: "warning", firewall: "ok" },
  });
  expect(exitCode).toBe(0);
});

test("doctor checks tokens with one login, and names what is registered and its URL", async () => {
  await runCommand(
    [
      "callbacks",
      "register",
      account,
      "--api",
      "v1",
      "--url",
      `${strict.origin}/x`,
      "--origin",
      strict.origin,
    ],
    { env: login },
  );
  const before = (await readControl(strict.origin, "requests?operationId=logIn")).total;
  const { exitCode, data, output } = await doctor(["--origin", strict.origin, "--account", account], login);
  expect(toOutcomes(data)).toMatchObject({
    tokens: "ok",
    registrations: "ok",
    "callback URL": "warning",
    listener: "ok",
  });
  expect(exitCode).toBe(0);
  expect((await readControl(strict.origin, "requests?operationId=logIn")).total).toBe(before + 1);
  expect(output).not.toMatch(/example-(?:secret|password)/);
  const withoutAccount = await doctor(["--origin", strict.origin], login);
  expect(toOutcomes(withoutAccount.data)).toMatchObject({ tokens: "ok", registrations: "skipped" });
});

test.each([
  { name: "without an account", args: [] },
  { name: "with an account", args: ["--account", account] },
])(
  "doctor $name says that a mock with --auth strict needs credentials, and exits with 3",
  async ({ args }) => {
    const { exitCode, data, output } = await doctor(["--origin", strict.origin, ...args]);
    expect(toOutcomes(data)).toEqual({ service: "ok", clock: "ok", tokens: "failed", firewall: "ok" });
    expect(exitCode).toBe(3);
    expect(output).toContain("THINGSPACE_KEY");
  },
);

test("doctor without an account says that a mock needs no credentials when it has tried that", async () => {
  const { exitCode, data } = await doctor(["--origin", mock.origin]);
  expect(toOutcomes(data)).toMatchObject({ tokens: "skipped", registrations: "skipped" });
  expect(exitCode).toBe(0);
});

test("doctor reports tokens that are refused once, and does not say that nothing is registered", async () => {
  const env = { THINGSPACE_ACCESS_TOKEN: "wrong", THINGSPACE_SESSION_TOKEN: "wrong" };
  const { exitCode, data } = await doctor(["--origin", strict.origin, "--account", account], env);
  expect(toOutcomes(data)).toEqual({ service: "ok", clock: "ok", tokens: "failed", firewall: "ok" });
  expect(exitCode).toBe(3);
});

test("doctor does not say that nothing is registered when a generation did not list it", async () => {
  const { exitCode, data } = await doctor(["--origin", mock.origin, "--account", "no-account"]);
  expect(Object.keys(toOutcomes(data))).not.toContain("registrations");
  expect(exitCode).toBe(3);
});

test("doctor exits with 3 when the login is rejected", async () => {
  const { exitCode, data } = await doctor(["--origin", strict.origin], {
    ...login,
    THINGSPACE_PASSWORD: "wrong",
  });
  expect({ exitCode, tokens: toOutcomes(data)["tokens"] }).toEqual({ exitCode: 3, tokens: "failed" });
});

test("doctor exits with 4 when the service does not respond, and still checks the URL", async () => {
  const { exitCode, data } = await doctor([
    "--origin",
    "http://127.0.0.1:9",
    "--url",
    "http://127.0.0.1:8080/",
  ]);
  expect(exitCode).toBe(4);
  expect(toOutcomes(data)).toMatchObject({ service: "failed", "callback URL": "warning", firewall: "ok" });
});

test("doctor finds a listener on this machine that does not run", async () => {
  const args = ["--origin", mock.origin, "--url"];
  const running = await doctor([...args, `${mock.origin}/fota`]);
  expect({ exitCode: running.exitCode, listener: toOutcomes(running.data)["listener"] }).toEqual({
    exitCode: 0,
    listener: "ok",
  });
  const stopped = await doctor([...args, "http://[::1]:9/fota"]);
  expect({ exitCode: stopped.exitCode, listener: toOutcomes(stopped.data)["listener"] }).toEqual({
    exitCode: 1,
    listener: "failed",
  });
});

test("A URL that is not one exits with 2", async () => {
  expect((await doctor(["--url", "example.com"])).exitCode).toBe(2);
});

const now = Date.parse("2026-11-28T12:00:00Z");

test.each([
  { name: "the same time", date: "Sat, 28 Nov 2026 12:00:01 GMT", outcome: "ok" },
  { name: "two minutes later", date: "Sat, 28 Nov 2026 12:02:00 GMT", outcome: "warning" },
  { name: "two minutes earlier", date: "Sat, 28 Nov 2026 11:58:00 GMT", outcome: "warning" },
  { name: "no time", date: null, outcome: "skipped" },
])("A service with $name gives $outcome", ({ date, outcome }) => {
  expect(checkClock(date, now).outcome).toBe(outcome);
});

test.each([
  { name: "public", isTrusted: true, validTo: "Jan 28 12:00:00 2027 GMT", outcome: "ok" },
  { name: "about to expire", isTrusted: true, validTo: "Nov 30 12:00:00 2026 GMT", outcome: "warning" },
  { name: "expired", isTrusted: false, validTo: "Nov 27 12:00:00 2026 GMT", outcome: "failed" },
  { name: "self-signed", isTrusted: false, validTo: "Jan 28 12:00:00 2027 GMT", outcome: "failed" },
])("A certificate that is $name gives $outcome", ({ isTrusted, validTo, outcome }) => {
  expect(judgeCertificate({ isTrusted, validTo }, now).outcome).toBe(outcome);
});

test("A server without TLS has no certificate to read", async () => {
  const server = createServer((socket) => socket.on("error", () => {}).end("hello")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await expect(readCertificate("127.0.0.1", port)).rejects.toThrow();
  server.close();
});

test.each([
  { url: "http://192.0.2.1/", outcomes: ["ok", "warning"] },
  { url: "http://192.0.2.1:50559/", outcomes: ["ok", "warning"] },
  { url: "http://192.0.2.1:8080/", outcomes: ["warning", "warning"] },
])("The port and protocol of $url give $outcomes", async ({ url, outcomes }) => {
  expect((await checkCallbackUrl(new URL(url))).map(({ outcome }) => outcome)).toEqual(outcomes);
});
