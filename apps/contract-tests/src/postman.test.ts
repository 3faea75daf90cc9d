import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { apis } from "@thingspace-callbacks/contract";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

interface Item {
  name: string;
  item?: Item[];
  request?: {
    method: string;
    url: { path: string[]; variable: { key: string; value: string }[] };
    header: { key: string; value: string }[];
    auth?: { type: "bearer" | "basic"; [type: string]: unknown } | null;
    body?: { raw?: string; urlencoded?: { key: string; value: string }[] };
  };
}

interface Collection {
  item: Item[];
  variable: { key: string; value: string }[];
}

let mock: Mock;
let origin: string;
beforeAll(async () => {
  mock = await createMock();
  origin = await mock.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => mock?.close());

describe.each(apis)("the Postman collection of $name", ({ name: api, operations, servers }) => {
  const { item, variable }: Collection = JSON.parse(
    readFileSync(
      fileURLToPath(import.meta.resolve(`@thingspace-callbacks/contract/tools/${api}.postman.json`)),
      "utf8",
    ),
  );
  const requests = requestsOf(item);

  test("begins with the mock's address", () => {
    expect(variable).toContainEqual({ key: "baseUrl", value: servers.mock });
  });

  test("has a request for each operation, and none for a message", () => {
    expect(requests.map(({ name }) => name).sort()).toEqual(operations.map(({ summary }) => summary).sort());
  });

  test("defines each variable that it uses", () => {
    const used = new Set([...JSON.stringify(item).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
    expect(variable.map(({ key }) => key).sort()).toEqual([...used].sort());
  });

  test.each(requests)("sends all credentials that the mock demands: $name", async ({ request }) => {
    if (!request) throw new Error("A folder is not a request.");
    const { status } = await send(request, variable, origin + new URL(servers.mock).pathname);
    expect(status).not.toBe(401);
  });
});

function requestsOf(items: Item[]): Item[] {
  return items.flatMap((entry) => (entry.request ? [entry] : requestsOf(entry.item ?? [])));
}

/** Sends a request as Postman does, to the given base URL. */
function send(
  { method, url, header, auth, body }: NonNullable<Item["request"]>,
  variables: Collection["variable"],
  baseUrl: string,
): Promise<Response> {
  const fill = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name) => variables.find(({ key }) => key === name)?.value ?? "");
  const path = url.path.map((segment) => {
    const parameter = url.variable.find(({ key }) => segment === `:${key}`);
    return parameter ? encodeURIComponent(parameter.value) : segment;
  });
  const headers = new Headers();
  for (const { key, value } of header) headers.set(key, fill(value));
  const authOf = (key: string) => {
    const members = auth?.[auth.type] as { key: string; value: string }[];
    return fill(members.find((member) => member.key === key)?.value ?? "");
  };
  if (auth?.type === "bearer") headers.set("Authorization", `Bearer ${authOf("token")}`);
  if (auth?.type === "basic") {
    headers.set("Authorization", `Basic ${btoa(`${authOf("username")}:${authOf("password")}`)}`);
  }
  const form = body?.urlencoded && new URLSearchParams(body.urlencoded.map(({ key, value }) => [key, value]));
  return fetch(`${baseUrl}/${path.join("/")}`, { method, headers, body: form ?? body?.raw ?? null });
}
