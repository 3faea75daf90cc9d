import { useState } from "preact/hooks";
import { readResult } from "../api/call.ts";
import { spaceHeaders } from "../api/session.ts";
import { encodeCopiedBody, requestOf } from "../copy/request.ts";
import { facts, getRegister, origin } from "../facts.ts";
import { AccountInput } from "../parts/account-input.tsx";
import { route } from "../state/route.ts";
import { OperationForm } from "./operation-form.tsx";

/** Registers a callback by the operation of a generation, as an application does. */
export function Register() {
  const [name, setName] = useState(facts.generations[0]?.name ?? "");
  const generation = facts.generations.find((one) => one.name === name);
  const operation = getRegister(generation);
  const example = Object.values(operation.exampleParameters)[0] ?? "";
  const [account, setAccount] = useState(route.value.values["account"]);
  const [tokens, setTokens] = useState<Record<string, string>>({});
  const { "Content-Type": type, ...tokenHeaders } = operation.headers;
  const build = (body: unknown) => {
    const path = Object.fromEntries(operation.parameters.map((name) => [name, account ?? example]));
    const request = requestOf(operation, { origin, headers: { ...spaceHeaders(), ...tokens }, path, body });
    return request;
  };
  const send = async (body: unknown) => {
    const request = build(body);
    const { url, method, headers } = request;
    return readResult(await fetch(url, { method, headers, body: encodeCopiedBody(request) ?? null }));
  };
  const copy = (body: unknown) => ({ ...build(body), headers: { ...operation.headers, ...spaceHeaders() } });
  const initial = operation.body?.example as Record<string, string> | undefined;
  return (
    <OperationForm
      key={operation.api}
      operation={operation}
      submit="Register"
      {...(initial && { initial })}
      send={send}
      copy={copy}
    >
      <label class="field">
        Generation
        <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
          {facts.generations.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <AccountInput label="Account" value={account ?? example} onInput={setAccount} />
      <details>
        <summary>Tokens</summary>
        <p class="hint">The mock accepts any tokens, unless it was started with strict authentication.</p>
        {Object.entries(tokenHeaders).map(([header, value]) => (
          <label key={header} class="field">
            {header}
            <input
              value={tokens[header] ?? value}
              autocomplete="off"
              onInput={(event) => setTokens({ ...tokens, [header]: event.currentTarget.value })}
            />
          </label>
        ))}
      </details>
    </OperationForm>
  );
}
