import type { Parameter } from "../src/parameter.ts";
import type { RawParameter } from "./raw.ts";

export function readParameter(where: string, parameter: RawParameter): Parameter {
  const { name, description, required = false, schema, examples } = parameter;
  if (!examples || Object.keys(examples).length === 0) {
    throw new Error(`${where}: the parameter ${name} has no named example`);
  }
  return { name, in: parameter.in, description, isRequired: required, schema, examples };
}
