import { space } from "../api/session.ts";
import { registerCommand } from "../copy/control.ts";
import { facts } from "../facts.ts";
import { DeliveryStatus } from "../live/deliveries.tsx";
import { AccountInput } from "../parts/account-input.tsx";
import { AttemptsTable } from "../parts/attempts-table.tsx";
import { Command } from "../parts/copy-buttons.tsx";
import { linkTo, route } from "../state/route.ts";
import { clock, deliveries, faults, listAccounts, registrations, spaces } from "../state/store.ts";
import { diagnose, type Finding } from "./diagnose.ts";

/** Explains for an account why its messages arrive or do not arrive. */
export function Why() {
  deliveries.version.value;
  const account = route.value.values["account"] ?? listAccounts()[0] ?? "";
  const findings =
    account === ""
      ? []
      : diagnose(account, {
          generations: facts.generations,
          registrations: registrations.value,
          deliveries: deliveries.list(),
          faults: faults.value,
          clock: clock.value,
          spaces: spaces.value,
          space: space.value,
        });
  return (
    <section aria-label="Why did nothing arrive?" class="page">
      <AccountInput
        label="Account"
        value={account}
        onInput={(value) => {
          location.hash = linkTo("why", "", { account: value });
        }}
      />
      {account === "" && <p class="hint">Enter the account that waits for messages.</p>}
      <ol class="findings" aria-live="polite">
        {findings.map((finding) => (
          <FindingItem key={finding.code + finding.text} finding={finding} account={account} />
        ))}
      </ol>
    </section>
  );
}

const words = { bad: "Problem", good: "Right", info: "Note" };

function FindingItem({ finding, account }: { finding: Finding; account: string }) {
  const { code, level, text, deliveries: about = [], generation } = finding;
  const path = Object.fromEntries(
    facts.operations
      .filter(({ operationId, api }) => operationId === generation?.register && api === generation.name)
      .flatMap(({ parameters }) => parameters.map((name) => [name, account])),
  );
  return (
    <li class={`finding ${level}`}>
      <p>
        <strong>{words[level]}:</strong> {text}
      </p>
      {generation && <Command text={registerCommand(generation, path)} />}
      {code === "nothingSent" && (
        <p>
          <a href={linkTo("do", "sendEvent", { account })}>Send a message</a>
        </p>
      )}
      {code === "fault" && (
        <p>
          <a href={linkTo("faults")}>See the faults</a>
        </p>
      )}
      {code === "frozen" && (
        <p>
          <a href={linkTo("do", "setClock")}>Move the clock</a>
        </p>
      )}
      {about.map(({ id, type, url, status, attempts }) => (
        <details key={id} open={level === "bad"}>
          <summary>
            Delivery {id}: {type || "no type"}, <DeliveryStatus status={status} />
          </summary>
          <p>
            To <span class="url">{url}</span>.{" "}
            <a href={linkTo("deliveries", String(id))}>Open the delivery</a>
          </p>
          <AttemptsTable attempts={attempts} />
        </details>
      ))}
    </li>
  );
}
