import {
  formatPath,
  formatType,
  type Parameter,
  type Schema,
  walkSchema,
} from "@thingspace-callbacks/contract";

type Row = [name: string, Pick<Parameter, "description" | "schema" | "isRequired">];

/** Returns a table of parameters, or of a schema's members (nested ones as `list[].member`). Empty if there are none. */
export function membersTable(source: Schema | Row[]): string {
  const rows = Array.isArray(source) ? source : rowsOf(source);
  if (rows.length === 0) return "";
  const lines = rows.map(([name, { description, schema, isRequired }]) =>
    row(
      `\`${name}\``,
      `${formatType(schema)}${isRequired ? ", required" : ""}`,
      `${description}${rulesOf(schema, description)}`,
    ),
  );
  return [row("name", "type", "description"), row("---", "---", "---"), ...lines].join("\n");
}

function rowsOf(schema: Schema): Row[] {
  return [...walkSchema(schema)]
    .filter(({ path, isBranch }) => !isBranch && path.length > 0 && !["[]", "*"].includes(path.at(-1) ?? ""))
    .map(({ path, schema: member, isRequired }) => [
      formatPath(path),
      { description: member.description ?? "", schema: member, isRequired },
    ]);
}

function rulesOf(schema: Schema, description: string): string {
  const rule = schema["x-rule"];
  const { "x-max-bytes": maxBytes } = schema;
  const rules = [
    ...(rule && !description.includes(rule) ? [`must be ${rule}`] : []),
    ...(schema.enum ? [`one of ${schema.enum.map((value) => `\`${value}\``).join(", ")}`] : []),
    ...(maxBytes === undefined ? [] : [`at most ${maxBytes.toLocaleString("en")} bytes as JSON`]),
    ...(schema.maxItems === undefined ? [] : [`at most ${schema.maxItems.toLocaleString("en")} entries`]),
  ];
  return rules.length > 0 ? ` (${rules.join("; ")})` : "";
}

const row = (...cells: string[]) =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
