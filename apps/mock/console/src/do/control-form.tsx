import { type ControlId, readResult, sendControl } from "../api/call.ts";
import { controlRequest } from "../copy/control.ts";
import { getOperation } from "../facts.ts";
import { listAccounts } from "../state/store.ts";
import { OperationForm, type Texts } from "./operation-form.tsx";

interface Props {
  operationId: ControlId;
  submit: string;
  initial?: Texts;
  suggest?: (name: string, texts: Texts) => string[];
  complete?: (texts: Texts, changed: string) => Texts;
  /** Called after the mock has done it. */
  onDone?: () => unknown;
}

/** A form for an operation of the control API. */
export function ControlForm({ operationId, suggest, onDone, ...props }: Props) {
  return (
    <OperationForm
      {...props}
      operation={getOperation("control", operationId)}
      suggest={(name, texts) => (name === "account" ? listAccounts() : (suggest?.(name, texts) ?? []))}
      send={async (body) => {
        const result = await readResult(await sendControl(operationId, { body }));
        await onDone?.();
        return result;
      }}
      copy={(body) => controlRequest(operationId, { body })}
    />
  );
}
