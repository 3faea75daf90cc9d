import { useId } from "preact/hooks";
import { listAccounts } from "../state/store.ts";

interface Props {
  label: string;
  value: string;
  onInput(value: string): void;
}

/** An input for an account, which suggests those that the mock knows. */
export function AccountInput({ label, value, onInput }: Props) {
  const id = useId();
  return (
    <label class="field">
      {label}
      <input list={id} value={value} onChange={(event) => onInput(event.currentTarget.value)} />
      <datalist id={id}>
        {listAccounts().map((account) => (
          <option key={account} value={account} />
        ))}
      </datalist>
    </label>
  );
}
