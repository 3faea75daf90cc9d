import { describe, expect, test } from "vitest";
import { routes } from "../routes.ts";
import { answerAsDocumented } from "./documented.ts";

const shown = routes.flatMap(({ api, operation }) =>
  Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content).flatMap(([mediaType, { examples }]) =>
      Object.entries(examples).map(([name, { value }]) => ({
        title: `${api} ${operation.operationId} ${status} ${name}`,
        operation,
        status: Number(status),
        mediaType,
        name,
        value,
      })),
    ),
  ),
);

describe("a documented answer", () => {
  test("is the example that is asked for, with its status and media type", () => {
    expect(shown.length).toBeGreaterThan(100);
    for (const { title, operation, status, mediaType, name, value } of shown) {
      const answer = answerAsDocumented(operation, { code: status, exampleKey: name, dynamic: false });
      expect(answer, title).toEqual({ status, headers: { "content-type": mediaType }, body: value });
    }
  });

  test("is the first example of the successful status when nothing is asked for", () => {
    for (const { operation } of routes) {
      const { status } = answerAsDocumented(operation, { dynamic: false });
      const [success] = shown.filter((example) => example.operation === operation && example.status < 300);
      expect(status, operation.operationId).toBeLessThan(300);
      if (!success) continue;
      expect(answerAsDocumented(operation, { dynamic: false }).body).toEqual(success.value);
    }
  });

  test("has the documented headers and no body where the document has none", () => {
    const revoke = routes.find(({ operation }) => operation.operationId === "revokeToken");
    if (!revoke) throw new Error("No operation revokes a token now.");
    const [example] =
      revoke.operation.responses["200"]?.headers?.["RevokedAccessToken"]?.schema.examples ?? [];
    const answer = answerAsDocumented(revoke.operation, { code: 200, dynamic: false });
    expect(answer).toEqual({ status: 200, headers: { RevokedAccessToken: example }, body: undefined });
  });
});
