import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import catalogue from "@thingspace-callbacks/contract/catalogue" with { type: "json" };
import type { Operation } from "@thingspace-callbacks/contract/catalogue";
import { expect, test } from "vitest";
import { freePort } from "./port.ts";

const script = fileURLToPath(new URL("../../mock/scripts/prism.ts", import.meta.url));

test.each(Object.entries(catalogue))(
  "the stock prism mock serves %s",
  async (api, { operations }) => {
    const port = await freePort();
    const prism = spawn(process.execPath, [script, api, "--port", String(port)]);
    try {
      for await (const line of createInterface({ input: prism.stdout })) {
        if (line.includes("Prism is listening")) break;
      }
      prism.stdout.resume();
      for (const operation of operations) {
        const response = await fetch(`http://127.0.0.1:${port}${pathOf(operation)}`, requestOf(operation));
        expect(response.ok, operation.operationId).toBe(true);
      }
    } finally {
      prism.kill();
      await once(prism, "exit");
    }
  },
  30_000,
);

test("a document that there is not is refused by name", async () => {
  const prism = spawn(process.execPath, [script, "v9"]);
  const [[error], [code]] = await Promise.all([once(prism.stderr, "data"), once(prism, "exit")]);
  expect(code).toBe(1);
  expect(String(error)).toContain(`One of: ${Object.keys(catalogue).join(", ")}.`);
});

function pathOf({ path, parameters }: Operation): string {
  return path.replace(/\{([^}]+)\}/g, (_, name) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    return String(Object.values(parameter?.examples ?? {})[0]?.value);
  });
}

function requestOf({ method, security, requestBody }: Operation): RequestInit {
  const headers: Record<string, string> = {};
  for (const scheme of security) {
    if (scheme.sentAs === "header") headers[scheme.header] = "any";
    else headers["Authorization"] = scheme.sentAs === "bearer" ? "Bearer any" : "Basic YTpi";
  }
  const [content] = Object.entries(requestBody?.content ?? {});
  if (!content) return { method: method.toUpperCase(), headers };
  const [mediaType, { examples }] = content;
  const value = Object.values(examples)[0]?.value as Record<string, string>;
  const body =
    mediaType === "application/json" ? JSON.stringify(value) : new URLSearchParams(value).toString();
  return { method: method.toUpperCase(), headers: { ...headers, "Content-Type": mediaType }, body };
}
