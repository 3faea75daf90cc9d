import { getOperation, getSuccess } from "@thingspace-callbacks/contract";
import { describe, expect, test } from "vitest";
import { routes } from "../operations/routes.ts";
import { answerAsDocumented } from "./documented.ts";

const shown = routes.flatMap(({ api, operation }) =>
  Object.entries(operation.responses).flatMap(([status, { body }]) =>
    Object.entries(body?.examples ?? {}).map(([name, { value }]) => ({
      title: `${api} ${operation.operationId} ${status} ${name}`,
      operation,
      status: Number(status),
      mediaType: body?.mediaType,
      name,
      value,
    })),
  ),
);

describe("a documented response", () => {
  test("The response is the requested example, with its status and media type", () => {
    expect(shown.length).toBeGreaterThan(100);
    for (const { title, operation, status, mediaType, name, value } of shown) {
      const answer = answerAsDocumented(operation, { code: status, exampleKey: name, dynamic: false });
      expect(answer, title).toMatchObject({ status, headers: { "content-type": mediaType } });
      expect(answer.body, title).toEqual(value);
    }
  });

  test("The response is the first example of the successful status by default", () => {
    for (const { operation } of routes) {
      const { status } = answerAsDocumented(operation, { dynamic: false });
      const [success] = shown.filter((example) => example.operation === operation && example.status < 300);
      expect(status, operation.operationId).toBeLessThan(300);
      if (!success) continue;
      expect(answerAsDocumented(operation, { dynamic: false }).body).toEqual(success.value);
    }
  });

  test("The response has the documented headers and no body where the document has none", () => {
    const revoke = getOperation("auth", "revokeToken");
    const [example] = getSuccess(revoke).response.headers["RevokedAccessToken"]?.schema.examples ?? [];
    const answer = answerAsDocumented(revoke, { code: 200, dynamic: false });
    expect(answer).toEqual({ status: 200, headers: { RevokedAccessToken: example }, body: undefined });
  });
});
