import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Result, readMessage } from "../api/call.ts";
import type { CopiedRequest } from "../copy/request.ts";
import type { OperationFacts } from "../facts.ts";
import { CopyButtons } from "../parts/copy-buttons.tsx";
import { Prose } from "../parts/prose.tsx";
import { useAction } from "../parts/use-action.ts";
import { Field, readField } from "./field.tsx";

/** The texts of the fields by name. */
export type Texts = Record<string, string>;

interface Props {
  operation: OperationFacts;
  /** Words of the button. */
  submit: string;
  /** What the fields have at first. */
  initial?: Texts;
  /** Values to offer for a field. */
  suggest?: (name: string, texts: Texts) => string[];
  /** Texts that follow from another one, such as the example of a type. */
  complete?: (texts: Texts, changed: string) => Texts;
  send(body: Record<string, unknown>): Promise<Result>;
  copy(body: Record<string, unknown>): CopiedRequest;
  /** Inputs above the members of the body, such as those of the path. */
  children?: ComponentChildren;
}

/** More optional fields than these are folded. */
const mostOptional = 4;

/** A form for the body of an operation, made from its schema. */
export function OperationForm(props: Props) {
  const { operation, submit, initial = {}, suggest, complete, send, copy, children } = props;
  const [texts, setTexts] = useState<Texts>(initial);
  const { form } = operation;
  const { properties = {}, required = [] } = form?.schema ?? {};
  const { body, errors } = readBody();
  const action = useAction(() => send(body));

  function readBody() {
    const body: Record<string, unknown> = {};
    const errors: Record<string, string> = {};
    for (const [name, schema] of Object.entries(properties)) {
      const text = texts[name] ?? "";
      if (text.trim() === "") continue;
      try {
        body[name] = readField(schema, text);
      } catch (error) {
        errors[name] = `This is not JSON: ${(error as Error).message}`;
      }
    }
    return { body, errors };
  }

  const change = (name: string, text: string) => {
    const next = { ...texts, [name]: text };
    setTexts(complete?.(next, name) ?? next);
  };
  const names = Object.keys(properties);
  const prominent = names.filter((name) => required.includes(name) || initial[name] !== undefined);
  const others = names.filter((name) => !prominent.includes(name));
  const renderField = (name: string) => (
    <Field
      key={name}
      name={name}
      schema={properties[name] ?? {}}
      isRequired={required.includes(name)}
      text={texts[name] ?? ""}
      error={errors[name]}
      suggestions={suggest?.(name, texts) ?? []}
      onInput={(text) => change(name, text)}
    />
  );
  return (
    <form
      // The result is that of the form as it was sent.
      onInput={action.clear}
      onSubmit={(event) => {
        event.preventDefault();
        if (Object.keys(errors).length === 0) void action.run();
      }}
    >
      {children}
      <p>
        <Prose text={form?.description ?? ""} />
      </p>
      {prominent.map(renderField)}
      {others.length > mostOptional ? (
        <details>
          <summary>More members</summary>
          {others.map(renderField)}
        </details>
      ) : (
        others.map(renderField)
      )}
      <div class="buttons">
        <button type="submit" class="primary" disabled={action.isRunning}>
          {submit}
        </button>
      </div>
      <ResultBox result={action.result} error={action.error} />
      <CopyButtons request={copy(body)} />
    </form>
  );
}

/** The response of the mock. */
export function ResultBox({ result, error }: { result: Result | undefined; error: string | undefined }) {
  const isRefused = result !== undefined && result.status >= 400;
  return (
    <div role="status" class="result">
      {error && <p class="error">{error}</p>}
      {result && (
        <p class={isRefused ? "error" : "good"}>
          {result.status}
          {isRefused && `: ${readMessage(result.body)}`}
        </p>
      )}
      {result && !isRefused && result.body !== undefined && <pre>{JSON.stringify(result.body, null, 2)}</pre>}
    </div>
  );
}
