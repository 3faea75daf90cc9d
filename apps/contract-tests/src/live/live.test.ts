import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getApi } from "@thingspace-callbacks/contract";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { baseOf, exampleCall, operations } from "../call.ts";
import { findDrift } from "./drift.ts";
import { driftReport } from "./drift-report.ts";
import { type Target, targetFrom } from "./target.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const credentials = { key: "the-key", secret: "the-secret", username: "user", password: 'the "password"' };
const lists = operations.filter(({ operation }) => operation.role === "list");
const account = String(
  lists.map(({ api, operation }) => exampleCall(api, operation).parameters["account"])[0],
);
/** The tokens and the logout; for each generation three lists, and the seven steps of a life. */
const callsOf = ({ life }: { life: boolean }) => 3 + lists.length * (life ? 3 + 7 : 3);

let mock: Mock;
beforeEach(async () => {
  mock = await createMock();
});
afterEach(() => mock.close());

/** Replaces a response of the mock. */
type Alter = (request: Request, response: Response) => Response | Promise<Response>;

/** The mock, made to differ. */
const targetWith = (alter: Alter, testAccount?: string): Target => ({
  name: "a mock",
  serverOf: (api) => `http://mock.test${baseOf(api)}`,
  ...credentials,
  account,
  testAccount,
  url: "https://example.com/fota",
  fetch: async (request) => alter(request, await mock.fetch(request.clone())),
});
const unaltered: Alter = (_, response) => response;

/** Replaces the responses with 200 of one operation of the mock. */
const altering =
  (api: string, method: string, respond: (body: never) => Response): Alter =>
  async (request, response) => {
    const isIt = request.method === method && new URL(request.url).pathname.startsWith(`${baseOf(api)}/`);
    return isIt && response.status === 200 ? respond((await response.json()) as never) : response;
  };

/** Returns the differences by operation and situation. */
async function driftOf(alter: Alter, testAccount?: string) {
  const { drifts } = await findDrift(targetWith(alter, testAccount));
  return drifts.map(({ when, call, differences }) => [
    `${call.api} ${call.operation.operationId} ${when}`,
    differences,
  ]);
}

describe("a service that matches its documents", () => {
  test("A service that matches its documents has no drift while a registration is created, changed and removed", async () => {
    const { drifts, calls } = await findDrift(targetWith(unaltered, account));
    expect(drifts).toEqual([]);
    expect(calls).toBe(callsOf({ life: true }));
  });

  test("Without a test account only lists are requested", async () => {
    const methods = new Set<string>();
    await findDrift(
      targetWith((request, response) => {
        if (request.url.includes("/callbacks/")) methods.add(request.method);
        return response;
      }),
    );
    expect([...methods]).toEqual(["GET"]);
  });
});

describe("a service that differs", () => {
  test("A body of another type is reported", async () => {
    const drift = await driftOf(altering("v1", "GET", () => Response.json({ callbacks: [] })));
    expect(drift).toEqual([
      [
        "v1 listRegisteredCallbacks as it is",
        [{ at: "body", documented: "array", actual: '{"callbacks":[]}' }],
      ],
    ]);
  });

  test("Another status is reported", async () => {
    const alter = altering("v2", "POST", (body) => Response.json(body, { status: 201 }));
    expect(await driftOf(alter, account)).toEqual([
      ["v2 registerCallback to register", [{ at: "status", documented: "200", actual: "201" }]],
    ]);
  });

  test("An additional field, a field of another type and a missing field are reported", async () => {
    const alter = altering("legacy", "DELETE", () => Response.json({ success: "yes", requestId: "17" }));
    expect(await driftOf(alter, account)).toEqual([
      [
        "legacy deregisterCallbackUsingDelete to remove it",
        [
          { at: "body.success", documented: "boolean", actual: '"yes"' },
          { at: "body.requestId", documented: "not there", actual: '"17"' },
        ],
      ],
    ]);
    const without = altering("v2", "DELETE", () => Response.json({}));
    expect(await driftOf(without, account)).toEqual([
      [
        "v2 deregisterCallback to remove it",
        [{ at: "body.success", documented: "boolean, required", actual: "missing" }],
      ],
    ]);
  });

  test("A list without the new registration is reported", async () => {
    const alter = altering("v2", "GET", () => Response.json({ url: "https://other.example" }));
    expect((await driftOf(alter, account)).map(([where]) => where)).toEqual([
      "v2 listRegisteredCallbacks after registering",
      "v2 listRegisteredCallbacks after moving",
      "v2 listRegisteredCallbacks after removing it",
    ]);
  });

  test("An empty response, and the XML of the gateway, are reported", async () => {
    const empty = altering("v1", "GET", () => new Response(null, { status: 200 }));
    expect(await driftOf(empty)).toEqual([
      [
        "v1 listRegisteredCallbacks as it is",
        [{ at: "Content-Type", documented: "application/json", actual: "none" }],
      ],
    ]);
    const xml: Alter = (request, response) =>
      request.headers.has("Authorization")
        ? response
        : new Response("<am:fault/>", { status: 403, headers: { "Content-Type": "application/xml" } });
    expect(await driftOf(xml)).toEqual(
      lists.map(({ api, operationId }) => [
        `${api} ${operationId} without tokens`,
        [{ at: "status", documented: "401", actual: "403" }],
      ]),
    );
  });

  test("A missing response is reported", async () => {
    const alter: Alter = () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    };
    expect(await driftOf(alter)).toEqual([
      [
        "auth requestToken with the credentials",
        [{ at: "response", documented: "200", actual: "fetch failed: connect ECONNREFUSED" }],
      ],
    ]);
  });
});

test("A refused login is not retried, and ends the run", async () => {
  let logins = 0;
  const alter: Alter = (request, response) => {
    if (!request.url.endsWith("/login")) return response;
    logins += 1;
    return Response.json({ errorCode: "X", errorMessage: "No." }, { status: 400 });
  };
  const { drifts, calls, hasAsked } = await findDrift(targetWith(alter, account));
  expect({ logins, calls, drifts: drifts.length }).toEqual({ logins: 1, calls: 2, drifts: 1 });
  expect(hasAsked).toBe(false);
});

test("The report reads like a diff and shows no secret", async () => {
  let token = "";
  const target = targetWith(async (request, response) => {
    if (request.url.endsWith("/token")) token = (await response.clone().json()).access_token;
    if (!request.url.endsWith("/logout")) return response;
    const body = `${token} ${target.password} ${target.secret} https://user:hidden@example.com`;
    return new Response(body, { headers: { "Content-Type": "text/plain" }, status: 500 });
  }, account);
  const report = await driftReport(await findDrift(target), target);
  expect(report).toContain(`${callsOf({ life: true })} calls, 1 difference from the documents.`);
  expect(report).toContain(`## auth logOut at the end

\`\`\`diff
POST ${baseOf("auth")}/m2m/v1/session/logout
authorization: [redacted]
vz-m2m-token: [redacted]

500 text/plain
[redacted] [redacted] [redacted] https://[redacted]@example.com

- status: 200
+ status: 500
\`\`\`
`);
  expect(report).not.toContain(token);
});

describe("the environment", () => {
  const env = {
    CONTRACT_TARGET: "production",
    CONTRACT_KEY: credentials.key,
    CONTRACT_SECRET: credentials.secret,
    CONTRACT_USERNAME: credentials.username,
    CONTRACT_PASSWORD: credentials.password,
    CONTRACT_ACCOUNT: account,
  };

  test("The environment chooses the production servers of the documents, or a mock", () => {
    expect(targetFrom(env).serverOf("v1")).toBe(getApi("v1").servers.production);
    expect(targetFrom({ ...env, CONTRACT_TARGET: "http://mock.test" }).serverOf("v1")).toBe(
      `http://mock.test${baseOf("v1")}`,
    );
  });

  test("The command needs only the environment, writes the report and exits with 0", async () => {
    const origin = await mock.listen({ host: "127.0.0.1", port: 0 });
    const cwd = mkdtempSync(join(tmpdir(), "live-"));
    const { stdout } = await promisify(execFile)(process.execPath, [main], {
      cwd,
      env: { ...process.env, ...env, CONTRACT_TARGET: origin },
    });
    expect(stdout).toContain(`${callsOf({ life: false })} calls, 0 differences`);
    expect(stdout).toContain(readFileSync(join(cwd, "drift-report.md"), "utf8"));
    rmSync(cwd, { recursive: true });
  });

  test("The command exits with 2, after the report, if the target cannot be reached", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "live-"));
    const failure = promisify(execFile)(process.execPath, [main], {
      cwd,
      env: {
        ...process.env,
        ...env,
        CONTRACT_TARGET: "http://127.0.0.1:1",
        CONTRACT_REPORT: "none/report.md",
      },
    });
    await expect(failure).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringContaining("+ response: fetch failed"),
      stderr: expect.stringMatching(/Without both tokens.*\nCONTRACT_REPORT: ENOENT/),
    });
    rmSync(cwd, { recursive: true });
  });

  test("The command exits with 2 if a variable is missing", async () => {
    const failure = promisify(execFile)(process.execPath, [main], {
      env: { ...process.env, ...env, CONTRACT_KEY: "" },
    });
    await expect(failure).rejects.toMatchObject({ code: 2, stderr: "Set CONTRACT_KEY too.\n" });
  });

  test.each([
    [{ CONTRACT_TARGET: "staging" }, /CONTRACT_TARGET must be production, or .* it is staging/],
    [{ CONTRACT_TARGET: undefined }, /it is not set/],
    [{ CONTRACT_KEY: "", CONTRACT_PASSWORD: "" }, /Set CONTRACT_KEY, CONTRACT_PASSWORD too/],
    [{ CONTRACT_TEST_ACCOUNT: account }, /CONTRACT_TEST_ACCOUNT needs CONTRACT_URL/],
    [{ CONTRACT_TEST_ACCOUNT: account, CONTRACT_URL: "http://example.com" }, /the https URL to register/],
  ])("The environment %j is refused by the name of its variable", (change, message) => {
    expect(() => targetFrom({ ...env, ...change })).toThrow(message);
  });

  test("The environment has no test account by default", () => {
    expect(targetFrom(env).testAccount).toBeUndefined();
    expect(targetFrom({ ...env, CONTRACT_TEST_ACCOUNT: "" }).testAccount).toBeUndefined();
  });
});
