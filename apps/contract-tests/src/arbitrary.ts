import { isJson, type Operation, type Parameter, type Schema } from "@thingspace-callbacks/contract";
import fc, { type Arbitrary } from "fast-check";
import type { Call } from "./call.ts";
import { validatorOf } from "./difference.ts";

/** The parts of a call. */
export type Input = Pick<Call, "parameters" | "body">;

/** Generates calls that the document accepts. */
export function inputOf(operation: Operation): Arbitrary<Input> {
  const { body } = operation;
  const parameters = parametersOf(operation.parameters);
  if (!body) return fc.record({ parameters });
  return fc.record({ parameters, body: valuesOf(body.schema, isJson(body.mediaType)) });
}

function parametersOf(parameters: Parameter[]): Arbitrary<Record<string, string>> {
  return fc.record(
    Object.fromEntries(
      parameters.map(({ name, schema }) => [
        name,
        // A path segment of dots is a step, whatever its encoding.
        (valuesOf(schema) as Arbitrary<string>).filter((value) => !/^\.{1,2}$/.test(value)),
      ]),
    ),
  );
}

/**
 * Values that a schema takes.
 *
 * @throws when the schema says something that this cannot make values of, so that a new keyword is not passed over.
 */
export function valuesOf(schema: Schema, takesJson = true): Arbitrary<unknown> {
  const validate = validatorOf(schema);
  return unchecked(schema, takesJson).filter((value) => validate(value));
}

const annotations = [
  "x-name",
  "x-secret",
  "description",
  "examples",
  "x-rule",
  "x-departure",
  "x-mock-loopback",
];
const known = {
  string: ["enum", "format", "pattern", "minLength", "maxLength"],
  object: ["properties", "required", "additionalProperties"],
};

function unchecked(schema: Schema, takesJson: boolean): Arbitrary<unknown> {
  const type = schema.type as keyof typeof known;
  const unknown = Object.keys(schema).filter(
    (key) => key !== "type" && !annotations.includes(key) && !known[type]?.includes(key),
  );
  if (!known[type] || unknown.length > 0) {
    throw new Error(
      `Teach arbitrary.ts to make values of ${type} with ${unknown}: ${JSON.stringify(schema)}`,
    );
  }
  return type === "object" ? object(schema, takesJson) : string(schema);
}

function string({ enum: values, format, pattern, minLength = 0, maxLength }: Schema) {
  if (values) return fc.constantFrom(...values);
  if (format === "uri") return uri();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u"));
  return fc.string({ unit: "grapheme", minLength, ...(maxLength !== undefined && { maxLength }) });
}

/** URIs of every form that a listener may have; the schema's pattern picks those that it takes. */
function uri(): Arbitrary<string> {
  const scheme = fc.constantFrom("https", "http", "HTTPS", "Http");
  const authority = fc.webAuthority({
    withUserInfo: true,
    withPort: true,
    withIPv4: true,
    withIPv6: true,
  });
  const rest = fc.tuple(fc.webPath(), fc.option(fc.webQueryParameters(), { nil: undefined }));
  return fc
    .tuple(scheme, authority, rest)
    .map(
      ([name, host, [path, query]]) => `${name}://${host}${path}${query === undefined ? "" : `?${query}`}`,
    );
}

function object({ properties = {}, required = [], additionalProperties = true }: Schema, takesJson: boolean) {
  const members = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, valuesOf(member)])),
    { requiredKeys: required },
  );
  if (!additionalProperties) return members;
  const others = fc
    // A form has nothing but text.
    .dictionary(fc.string({ minLength: 1 }), takesJson ? fc.jsonValue({ maxDepth: 1 }) : fc.string(), {
      maxKeys: 2,
    })
    .filter((more) => !Object.keys(more).some((name) => Object.hasOwn(properties, name)))
    // Refused by the mock, in whatever depth: see disagreements.ts.
    .filter((more) => !/"(__proto__|constructor)"/.test(JSON.stringify(more)));
  return fc.tuple(members, others).map(([own, more]) => ({ ...own, ...more }));
}
