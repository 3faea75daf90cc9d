import { expect, test } from "vitest";
import type { Operation } from "./operation.ts";
import { buildExampleRequest } from "./request.ts";

const operation: Operation = {
  api: "tiny",
  operationId: "putThing",
  method: "put",
  path: "/things/{id}",
  summary: "",
  description: "",
  tag: "",
  parameters: [
    {
      name: "id",
      in: "path",
      isRequired: true,
      description: "",
      schema: {},
      examples: { first: { summary: "", value: "a b" }, second: { summary: "", value: "c" } },
    },
  ],
  security: [
    { name: "applicationKey", token: "application", sentAs: "basic", header: "Authorization" },
    { name: "sessionToken", token: "session", sentAs: "header", header: "Session" },
  ],
  responses: {},
  body: {
    mediaType: "application/x-www-form-urlencoded",
    description: "",
    isRequired: true,
    schema: {},
    examples: { first: { summary: "", value: { a: "b c", d: "&" } } },
  },
};

test("An example request has the first examples, any tokens, and the body in its media type", () => {
  expect(buildExampleRequest(operation)).toEqual({
    method: "PUT",
    path: "/things/a%20b",
    headers: {
      Authorization: `Basic ${btoa("any:any")}`,
      Session: "any",
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: "a=b+c&d=%26",
  });
});

test("An example request without a body has no Content-Type", () => {
  const { body, ...rest } = operation;
  const request = buildExampleRequest({ ...rest, security: [] });
  expect(request).toEqual({ method: "PUT", path: "/things/a%20b", headers: {} });
});
