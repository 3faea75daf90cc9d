import {
  isJson,
  listMembers,
  type Operation,
  type RequestBody,
  type Schema,
} from "@thingspace-callbacks/contract";
import type { Call } from "./call.ts";
import { validatorOf } from "./difference.ts";

/** One way to break a call that is right. */
export interface Break {
  /** The change, such as `body.url: left out`. */
  how: string;
  apply(call: Call): Call;
}

const usuallyWrong: unknown[] = [5, -0.5, true, null, [], {}, "", " ", "ftp://example.com", "https://"];

/** Values that a schema refuses: some of every type, and those just beyond its own limits. */
function wrongValues(schema: Schema): unknown[] {
  const { enum: [first] = [], minLength = 0, maxLength = 99, minimum, maximum } = schema;
  const beyond = [
    ...(first === undefined ? [] : [`${first}x`]),
    "x".repeat(Math.max(minLength - 1, 0)),
    "x".repeat(maxLength + 1),
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
  ];
  const validate = validatorOf(schema);
  return [...new Set([...usuallyWrong, ...beyond])].filter((value) => !validate(value));
}

const wrongSchemes = {
  bearer: ["Bearer", `Basic ${btoa("key:secret")}`],
  basic: ["Basic", "Basic %", `Basic ${btoa("no colon")}`, "Bearer any"],
};

/** Every way in which the documents' words let a call of this operation be broken. */
export function breaksOf(operation: Operation): Break[] {
  const { body } = operation;
  return [
    ...operation.parameters.flatMap(({ name, schema }) => parameterBreaks(name, schema)),
    ...operation.security.flatMap((scheme) =>
      scheme.sentAs === "header"
        ? headerBreaks(scheme.header, [""])
        : headerBreaks(scheme.header, ["", "any", ...wrongSchemes[scheme.sentAs]]),
    ),
    ...(body ? bodyBreaks(body) : []),
  ];
}

function parameterBreaks(name: string, schema: Schema): Break[] {
  // A path has nothing but text, and an empty value leads elsewhere.
  const values = wrongValues(schema).filter((value) => typeof value === "string" && value !== "");
  return (values as string[]).map((value) => ({
    how: `parameter ${name}: ${shown(value)}`,
    apply: (call) => ({ ...call, parameters: { ...call.parameters, [name]: value } }),
  }));
}

function headerBreaks(name: string, values: string[]): Break[] {
  return [
    {
      how: `header ${name}: left out`,
      apply: (call) => {
        const { [name]: _, ...headers } = call.headers;
        return { ...call, headers };
      },
    },
    ...values.map((value) => withHeader(name, value)),
  ];
}

const withHeader = (name: string, value: string): Break => ({
  how: `header ${name}: "${value}"`,
  apply: (call) => ({ ...call, headers: { ...call.headers, [name]: value } }),
});

function bodyBreaks({ mediaType, schema, isRequired }: RequestBody): Break[] {
  const takesJson = isJson(mediaType);
  const texts = takesJson ? ["{", "null", "5", '"text"', "[]", '{"a":1,}', "not json"] : [];
  const others = [
    "text/plain",
    "application/xml",
    takesJson ? "application/x-www-form-urlencoded" : "application/json",
  ];
  return [
    ...memberBreaks(schema, takesJson),
    ...texts.map((text) => ({ how: `body: ${text}`, apply: (call: Call) => ({ ...call, text }) })),
    ...(isRequired ? [{ how: "body: left out", apply: withoutBody }] : []),
    ...others.map((type) => withHeader("Content-Type", type)),
  ];
}

function withoutBody(call: Call): Call {
  const { body, text, ...rest } = call;
  return rest;
}

function memberBreaks(schema: Schema, takesJson: boolean): Break[] {
  const change = (how: string, value: (body: Record<string, unknown>) => unknown): Break => ({
    how,
    apply: (call) => ({ ...call, body: value(call.body as Record<string, unknown>) }),
  });
  const members = listMembers(schema);
  const required = members.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const leftOut = required.map((name) => change(`body.${name}: left out`, ({ [name]: _, ...body }) => body));
  const wrong = members.flatMap(({ name, schema: member, isRequired }) =>
    wrongValues(member)
      // The mock takes `null` for an optional member: see disagreements.ts.
      .filter((value) => isRequired || value !== null)
      // A form has nothing but text.
      .filter((value) => takesJson || typeof value === "string")
      .map((value) => change(`body.${name}: ${shown(value)}`, (body) => ({ ...body, [name]: value }))),
  );
  const isClosed = schema.additionalProperties === false;
  const more = isClosed ? [change("body: a member more", (body) => ({ ...body, undocumented: 1 }))] : [];
  return [...leftOut, ...wrong, ...more];
}

const shown = (value: unknown) =>
  typeof value === "string" && value.length > 20 ? `${value.length} characters` : JSON.stringify(value);
