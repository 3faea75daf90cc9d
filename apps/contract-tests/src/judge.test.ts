import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleCall, operations, requestOf } from "./call.ts";
import { createJudge, type Violation } from "./judge.ts";
import { withPrismProxy } from "./prism-proxy.ts";
import { forStockPrism } from "./runs.ts";

let mock: Mock;
let origin: string;
beforeAll(async () => {
  mock = await createMock();
  origin = await mock.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => mock.close());

describe("Prism as an embedded proxy", () => {
  const [row] = operations.filter(({ operation }) => operation.role === "register");
  const call = exampleCall(row?.api ?? "", row?.operation as never);
  const violationsOf = async (fetch: (request: Request) => Promise<Response>, request = requestOf(call)) =>
    (await (await createJudge(fetch))(request)).violations;

  test("Prism accepts the mock's response to an example", async () => {
    expect(await violationsOf(mock.fetch)).toEqual([]);
  });

  test("Prism reports a member of a response with another type", async () => {
    const violations = await violationsOf(async () => Response.json({ accountName: 5 }));
    expect(violations).toEqual([
      {
        side: "response",
        at: "body.accountName",
        message: "Response body property accountName must be string",
      },
    ] satisfies Violation[]);
  });

  test("Prism reports an undocumented status", async () => {
    const violations = await violationsOf(async () => Response.json({}, { status: 201 }));
    expect(violations).toMatchObject([{ side: "response", message: expect.stringMatching(/status code/) }]);
  });

  test("Prism reports each violation of a request, and forwards it", async () => {
    const { Authorization, ...headers } = call.headers;
    const violations = await violationsOf(mock.fetch, requestOf({ ...call, headers, body: {} }));
    expect(violations.map(({ side }) => side)).not.toContain("response");
    expect(violations.map(({ message }) => message)).toEqual([
      "Invalid security scheme used",
      "Request body must have required property 'name'",
      "Request body must have required property 'url'",
    ]);
  });
});

describe.each(forStockPrism([...new Set(operations.map(({ api }) => api))]))(
  "the stock Prism proxy in front of %s",
  (api) => {
    test("The stock Prism proxy finds no violation in the mock's responses, to accepted and refused calls", async () => {
      await withPrismProxy(api, origin, async (server) => {
        for (const { operation } of operations.filter((row) => row.api === api)) {
          const call = exampleCall(api, operation);
          const taken = await fetch(requestOf(call, server));
          expect([taken.status, taken.headers.get("sl-violations")], operation.operationId).toEqual([
            200,
            null,
          ]);
          const refused = await fetch(requestOf({ ...call, headers: {} }, server));
          expect(refused.status, operation.operationId).toBe(401);
          expect(refused.headers.get("sl-violations")).not.toContain('"response"');
        }
      });
    });
  },
);
