import type { DeclarationReflection, SignatureReflection, SomeType } from "typedoc";

/** Returns a type in the words of TypeScript. TypeDoc writes the methods of an object as `any`. */
export function typeText(type: SomeType | undefined): string {
  if (type?.type === "union" || type?.type === "intersection")
    return type.types.map(typeText).join(type.type === "union" ? " | " : " & ");
  const members = type?.type === "reflection" ? type.declaration.children : undefined;
  if (!members?.some(({ signatures }) => signatures)) return String(type);
  return `{ ${members.map(memberText).join("; ")} }`;
}

function memberText({ name, flags, type, signatures }: DeclarationReflection): string {
  if (signatures?.[0]) return name + signatureText(signatures[0]);
  return `${name}${flags.isOptional ? "?" : ""}: ${typeText(type)}`;
}

/** Returns parameters and result of a function: `(options?: ClientOptions): ThingSpaceClient`. */
export function signatureText({ parameters = [], type, typeParameters }: SignatureReflection): string {
  const listed = parameters.map(
    ({ name, flags, defaultValue, type: own }) =>
      `${flags.isRest ? "..." : ""}${name}${flags.isOptional || defaultValue !== undefined ? "?" : ""}: ${typeText(own)}`,
  );
  const text = `(${listed.join(", ")}): ${typeText(type)}`;
  const isLong = text.length > 80 && listed.length > 1;
  return (
    typeParametersText(typeParameters) +
    (isLong ? `(\n  ${listed.join(",\n  ")},\n): ${typeText(type)}` : text)
  );
}

/** Returns the parameters of a generic type or function: `<Name extends Generation>`. */
export function typeParametersText(parameters: DeclarationReflection["typeParameters"]): string {
  if (!parameters?.length) return "";
  const texts = parameters.map(({ name, type, default: fallback }) =>
    [name, type && `extends ${type}`, fallback && `= ${fallback}`].filter(Boolean).join(" "),
  );
  return `<${texts.join(", ")}>`;
}
