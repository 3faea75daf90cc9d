import type { SecurityScheme } from "../src/security.ts";
import type { RawDocument, RawOperation, RawSecurityScheme } from "./raw.ts";

/** Returns the schemes that an operation demands together. */
export function readSecurity(
  where: string,
  { security = [], components }: RawDocument,
  operation: RawOperation,
): SecurityScheme[] {
  const [requirement = {}, ...others] = operation.security ?? security;
  if (others.length > 0) throw new Error(`${where}: one security requirement is expected`);
  return Object.keys(requirement).map((name) => {
    const scheme = components?.securitySchemes?.[name];
    if (!scheme) throw new Error(`${where}: the security scheme ${name} is missing`);
    return readScheme(name, scheme);
  });
}

function readScheme(name: string, scheme: RawSecurityScheme): SecurityScheme {
  const token = scheme["x-token"];
  if (!token) throw new Error(`The security scheme ${name} has no x-token`);
  if (scheme.type === "apiKey") return { name, token, sentAs: "header", header: scheme.name };
  return { name, token, sentAs: scheme.type === "oauth2" ? "bearer" : "basic", header: "Authorization" };
}
