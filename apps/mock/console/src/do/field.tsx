import { useId } from "preact/hooks";
import type { Facts } from "../../collect-facts.ts";
import { Prose } from "../parts/prose.tsx";

type Schema = NonNullable<Facts["operations"][number]["form"]>["schema"];

interface Props {
  name: string;
  schema: Schema;
  isRequired: boolean;
  text: string;
  error: string | undefined;
  /** Values to choose from or to start with. */
  suggestions?: string[];
  onInput(text: string): void;
}

/** An input for one member of a body, as its schema describes it. */
export function Field({ name, schema, isRequired, text, error, suggestions = [], onInput }: Props) {
  const id = useId();
  const [example] = schema.examples ?? [];
  const attributes = {
    id,
    value: text,
    required: isRequired,
    "aria-describedby": `${id}-help ${id}-error`,
    "aria-invalid": error !== undefined,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  const placeholder =
    example === undefined ? "" : typeof example === "string" ? example : JSON.stringify(example);
  return (
    <div class="field">
      <label for={id}>
        {name} {isRequired && <span class="hint">(required)</span>}
      </label>
      {renderInput()}
      <p id={`${id}-help`} class="hint">
        <Prose text={schema.description ?? ""} />
      </p>
      <p id={`${id}-error`} class="error">
        {error}
      </p>
    </div>
  );

  function renderInput() {
    const choices = listChoices(schema);
    if (choices) {
      return (
        <select {...attributes}>
          {!isRequired && <option value="">not set</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    }
    if (isJson(schema))
      return <textarea {...attributes} rows={4} spellcheck={false} placeholder={placeholder} />;
    const { minimum, maximum, type } = schema;
    if (isNumber(schema)) {
      const limits = {
        ...(minimum !== undefined && { min: minimum }),
        ...(maximum !== undefined && { max: maximum }),
      };
      const step = type === "integer" ? 1 : "any";
      return <input {...attributes} {...limits} type="number" step={step} placeholder={placeholder} />;
    }
    if (schema.format === "password") return <input {...attributes} type="password" autocomplete="off" />;
    return (
      <>
        <input
          {...attributes}
          type="text"
          placeholder={placeholder}
          autocomplete="off"
          list={suggestions.length > 0 ? `${id}-list` : undefined}
        />
        {suggestions.length > 0 && (
          <datalist id={`${id}-list`}>
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        )}
      </>
    );
  }
}

function listChoices({ type, enum: values }: Schema): string[] | undefined {
  if (values) return values.map(String);
  return type === "boolean" ? ["true", "false"] : undefined;
}

const isNumber = ({ type }: Schema) => type === "integer" || type === "number";
const isJson = ({ type, enum: values }: Schema) =>
  values === undefined && (type === "object" || type === "array" || type === undefined);

/**
 * Returns the value that a text stands for.
 *
 * @throws {SyntaxError} when a list or an object is not JSON
 */
export function readField(schema: Schema, text: string): unknown {
  if (schema.type === "boolean") return text === "true";
  if (isNumber(schema)) return Number(text);
  return isJson(schema) ? JSON.parse(text) : text;
}
