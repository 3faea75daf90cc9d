import { expect, test } from "vitest";
import { readDocument, resolveDocument } from "./document.ts";
import type { RawDocument } from "./raw.ts";

/** A document of one operation; `change` damages it. */
async function read(change: (document: RawDocument) => void = () => {}) {
  const document: RawDocument = {
    info: { title: "Tiny", version: "1.0.0", summary: "S", description: "D", "x-date": "2026-11-27" },
    servers: [
      { url: "https://tiny.example/api", "x-environment": "production" },
      { url: "http://127.0.0.1:4010/api", "x-environment": "mock" },
    ],
    security: [{ accessToken: [], sessionToken: [] }],
    paths: {
      "/things/{id}": {
        parameters: [
          {
            name: "id",
            in: "path",
            required: true,
            description: "Which.",
            schema: { type: "string" },
            examples: { one: { summary: "One", value: "1" } },
          },
        ],
        put: {
          operationId: "putThing",
          summary: "Put",
          description: "Puts.\n",
          tags: ["Things"],
          "x-role": "update",
          requestBody: {
            required: true,
            description: "The thing.",
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Thing" } as object,
                examples: { plain: { summary: "Plain", value: { name: "a" } } },
              },
            },
          },
          responses: { "200": { description: "Put." }, "401": { description: "No." } },
        },
      },
    },
    components: {
      schemas: { Thing: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
      securitySchemes: {
        accessToken: { type: "oauth2", "x-token": "access" },
        sessionToken: { type: "apiKey", name: "Session", "x-token": "session" },
      },
    },
  };
  change(document);
  return readDocument("tiny", await resolveDocument(document));
}

const put = (document: RawDocument) => {
  const operation = document.paths["/things/{id}"]?.put;
  if (!operation?.requestBody) throw new Error("The tiny document has no operation");
  return { ...operation, requestBody: operation.requestBody, responses: operation.responses };
};

test("A document is read into an API with its base path on the mock", async () => {
  expect(await read()).toMatchObject({
    name: "tiny",
    date: "2026-11-27",
    servers: { production: "https://tiny.example/api", mock: "http://127.0.0.1:4010/api" },
    base: "/api",
  });
});

test("An operation is read with its role, its parameters and the tokens that it demands", async () => {
  const [operation] = (await read()).operations;
  expect(operation).toMatchObject({
    api: "tiny",
    operationId: "putThing",
    method: "put",
    path: "/things/{id}",
    description: "Puts.",
    tag: "Things",
    role: "update",
    parameters: [{ name: "id", in: "path", isRequired: true }],
    security: [
      { name: "accessToken", token: "access", sentAs: "bearer", header: "Authorization" },
      { name: "sessionToken", token: "session", sentAs: "header", header: "Session" },
    ],
  });
});

test("A body is read in its one media type, and its schema keeps its name", async () => {
  const [operation] = (await read()).operations;
  expect(operation?.body).toMatchObject({
    mediaType: "application/json",
    isRequired: true,
    schema: { "x-name": "Thing", required: ["name"] },
    examples: { plain: { value: { name: "a" } } },
  });
});

const faults: { name: string; change: (document: RawDocument) => void; says: RegExp }[] = [
  {
    name: "a body of two media types",
    change: (document) => {
      put(document).requestBody.content["text/plain"] = {
        schema: {},
        examples: { plain: { summary: "A", value: "a" } },
      };
    },
    says: /tiny putThing.*one media type/,
  },
  {
    name: "a body without examples",
    change: (document) => {
      put(document).requestBody.content = { "application/json": { schema: {} } };
    },
    says: /tiny putThing.*no named example/,
  },
  {
    name: "two successful responses",
    change: (document) => {
      put(document).responses["204"] = { description: "Nothing." };
    },
    says: /tiny putThing.*one successful response/,
  },
  {
    name: "a path parameter that is not described",
    change: (document) => {
      delete document.paths["/things/{id}"]?.parameters;
    },
    says: /tiny putThing: path parameters are , expected id/,
  },
  {
    name: "two alternative security requirements",
    change: (document) => document.security?.push({ accessToken: [] }),
    says: /tiny putThing: one security requirement/,
  },
  {
    name: "a security scheme without x-token",
    change: (document) => {
      delete document.components?.securitySchemes?.["accessToken"]?.["x-token"];
    },
    says: /accessToken has no x-token/,
  },
  {
    name: "a registration without a message",
    change: (document) => {
      document.info["x-registration"] = "tiny";
    },
    says: /tiny: a document with a message needs info.x-registration/,
  },
  {
    name: "no server of the mock",
    change: (document) => {
      document.servers.pop();
    },
    says: /Tiny: no server is marked x-environment: mock/,
  },
];

test.each(faults)("A document with $name is refused by name", async ({ change, says }) => {
  await expect(read(change)).rejects.toThrow(says);
});
