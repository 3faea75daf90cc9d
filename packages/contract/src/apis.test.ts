import { describe, expect, test } from "vitest";
import {
  apis,
  findByRole,
  generations,
  getApi,
  getByRole,
  getGeneration,
  getOperation,
  isSecretName,
  secretHeaders,
  secretMembers,
  services,
} from "./index.ts";

test("The mock's own API is not a service, and only generations have a message", () => {
  expect(apis.map(({ name }) => name)).toContain("control");
  expect(services.map(({ name }) => name)).not.toContain("control");
  expect(generations.every(({ message, registration }) => message && registration)).toBe(true);
});

test("A name that no document has is an error", () => {
  expect(() => getApi("v9")).toThrow("v9");
  expect(() => getGeneration("auth")).toThrow("auth");
  expect(() => getOperation("v1", "nothing")).toThrow("nothing");
});

describe.each(generations)("In the generation $name", (generation) => {
  test.each(["list", "register", "deregister"] as const)("one operation has the role %s", (role) => {
    const operation = getByRole(generation, role);
    expect(operation.parameters.map(({ name }) => name)).toContain("account");
    expect(operation.security.map(({ token }) => token)).toEqual(["access", "session"]);
  });

  test("every operation has a role", () => {
    expect(generation.operations.filter(({ role }) => !role)).toEqual([]);
  });

  test("a registration is the first of its name or shares one", () => {
    expect(generations.map(({ name }) => name)).toContain(generation.registration);
  });
});

test("An operation of another API has no role", () => {
  expect(findByRole(getApi("auth"), "list")).toBeUndefined();
});

test("The names of secrets are those that the documents mark", () => {
  expect(secretHeaders).toContain("vz-m2m-token");
  expect([...secretMembers]).toEqual(expect.arrayContaining(["password", "access_token", "sessionToken"]));
  for (const name of [...secretHeaders, ...secretMembers]) expect(isSecretName(name), name).toBe(true);
});
