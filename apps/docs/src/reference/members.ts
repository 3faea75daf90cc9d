import type { Parameter, Schema } from "@thingspace-callbacks/contract/catalogue";

type Row = [name: string, Pick<Parameter, "description" | "schema" | "required">];

/** A table of parameters, or of the members of a schema with those below them as `list[].member`; empty if it has none. */
export function membersTable(source: Schema | Row[]): string {
  const rows = Array.isArray(source) ? source : rowsOf(source, "");
  if (rows.length === 0) return "";
  const lines = rows.map(([name, { description, schema, required }]) =>
    row(
      `\`${name}\``,
      `${typeOf(schema)}${required ? ", required" : ""}`,
      `${description}${rulesOf(schema, description)}`,
    ),
  );
  return [row("name", "type", "what it is"), row("---", "---", "---"), ...lines].join("\n");
}

function rowsOf(schema: Schema, prefix: string): Row[] {
  if (schema.items) return rowsOf(schema.items, prefix.replace(/\.?$/, "[]."));
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    [
      prefix + name,
      {
        description: member.description ?? "",
        schema: member,
        required: schema.required?.includes(name) ?? false,
      },
    ] as Row,
    ...rowsOf(member, `${prefix + name}.`),
  ]);
}

function typeOf(schema: Schema): string {
  if (schema.oneOf) return schema.oneOf.map(typeOf).join(" or ");
  if (schema.items) return `array of ${typeOf(schema.items)}s`;
  return schema.type ?? "any";
}

function rulesOf(schema: Schema, description: string): string {
  const rule = schema["x-rule"];
  const rules = [
    ...(rule && !description.includes(rule) ? [`must be ${rule}`] : []),
    ...(schema.enum ? [`one of ${schema.enum.map((value) => `\`${value}\``).join(", ")}`] : []),
  ];
  return rules.length > 0 ? ` (${rules.join("; ")})` : "";
}

const row = (...cells: string[]) =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
