import {
  buildExampleRequest,
  findResponse,
  getApi,
  getSuccess,
  type Operation,
} from "@thingspace-callbacks/contract";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

const { operations, servers } = getApi("control");
const base = new URL(servers.mock).pathname;
const account = "0242078689-00001";
const token = { "Mock-Control-Token": "secret" };
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

let mock: Mock;
beforeAll(async () => {
  mock = await createMock({ controlToken: "secret", retryPausesMs: [] });
});
afterAll(() => mock.close());

/** Makes what the documents' examples are about: a delivery, a snapshot, a fault and a space. */
beforeEach(async () => {
  await call("PUT", "/state", {
    registrations: [
      { api: "v1", account, url: "http://127.0.0.1:9/fota" },
      { api: "v2", account: "0000123456-00001", url: "http://127.0.0.1:9/fota" },
    ],
    faults: [{ direction: "out", status: 503 }],
  });
  await mock.deliverEvent({ api: "v1", account, type: "upgradeScheduled" });
  await mock.idle();
  await call("POST", "/snapshots", { name: "registered" });
  mock.space("team-a");
});
afterEach(() => mock.idle());

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = token) {
  const response = await mock.fetch(`http://localhost${base}${path}`, {
    method,
    headers: { ...headers, "Content-Type": "application/json" },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

/** Returns what the response breaks of its schema, read by Ajv and not by the mock. */
function findViolations(operation: Operation, { status, body }: { status: number; body: unknown }) {
  const schema = findResponse(operation, status)?.body?.schema;
  if (!schema) return [`${status} is not documented`];
  const validate = ajv.compile(schema);
  return validate(body) ? [] : validate.errors;
}

/** The stream has no end; the mock's own tests read it. */
const answering = operations.filter(({ operationId }) => operationId !== "streamEvents");

describe.each(answering)("the control operation $operationId", (operation) => {
  const example = () => {
    const { method, path, body } = buildExampleRequest(operation);
    // The first delivery of each test has another id.
    const isAboutFirst = operation.operationId === "redeliver";
    return { method, path, body: isAboutFirst ? JSON.stringify({ account }) : body };
  };

  test("answers its example as documented", async () => {
    const { method, path, body } = example();
    // A snapshot is an example of every member.
    const sent =
      operation.operationId === "putSnapshot" ? (await call("GET", "/snapshots/registered")).body : body;
    const response = await call(method, path, sent);
    expect(response.status).toBe(getSuccess(operation).status);
    expect(findViolations(operation, response)).toEqual([]);
  });

  test("refuses a request without the control token", async () => {
    const { method, path, body } = example();
    const response = await call(method, path, body, {});
    expect(response.status).toBe(401);
    expect(findViolations(operation, response)).toEqual([]);
  });

  const hasQuery = operation.parameters.some((parameter) => parameter.in === "query");
  const isClosed = operation.body?.schema.additionalProperties === false;
  test.runIf(hasQuery || isClosed)("names what it does not know, and what it knows", async () => {
    const { method, path, body = "{}" } = example();
    const wrong = isClosed ? JSON.stringify({ ...JSON.parse(body), unknown: 1 }) : undefined;
    const response = await call(method, hasQuery ? `${path}?unknown=1` : path, wrong);
    expect(response).toMatchObject({
      status: 400,
      body: { errorMessage: expect.stringMatching(/unknown: is not known; known are \w+/) },
    });
    expect(findViolations(operation, response)).toEqual([]);
  });
});
