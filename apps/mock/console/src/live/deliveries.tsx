import { useState } from "preact/hooks";
import { callControl, type Delivery } from "../api/call.ts";
import { controlCommand, controlRequest, exampleAccount, registerCommand } from "../copy/control.ts";
import { AttemptsTable } from "../parts/attempts-table.tsx";
import { findBlocker } from "../parts/blocker.ts";
import { CopyButtons } from "../parts/copy-buttons.tsx";
import { Empty } from "../parts/empty.tsx";
import { count, formatTime } from "../parts/format.ts";
import { RowsList } from "../parts/rows-list.tsx";
import { useAction } from "../parts/use-action.ts";
import { linkTo, route } from "../state/route.ts";
import { deliveries } from "../state/store.ts";

const statuses = ["", "pending", "delivered", "failed"] as const;

/** The messages with their attempts, the newest first. */
export function Deliveries() {
  const [text, setText] = useState("");
  const [status, setStatus] = useState("");
  const chosen = Number(route.value.part);
  const [selected, select] = useState<{ id: number; of: number } | undefined>(undefined);
  // A link from elsewhere chooses a delivery, until the reader chooses another one.
  const selectedId = selected?.of === chosen ? selected.id : chosen || undefined;
  deliveries.version.value;
  const all = deliveries.list();
  const wanted = text.toLowerCase();
  const shown = all
    .filter((entry) => status === "" || entry.status === status)
    .filter(
      ({ api, account, type, url }) =>
        wanted === "" || [api, account, type, url].join(" ").toLowerCase().includes(wanted),
    )
    .reverse();
  const entry = selectedId === undefined ? undefined : deliveries.get(selectedId);
  return (
    <section aria-label="Deliveries" class="list-page">
      <div class="filters">
        <label>
          Filter
          <input
            type="search"
            placeholder="account, type, host"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label>
          Status
          <select value={status} onChange={(event) => setStatus(event.currentTarget.value)}>
            {statuses.map((value) => (
              <option key={value} value={value}>
                {value || "all"}
              </option>
            ))}
          </select>
        </label>
        <p class="count">{count(shown.length, "delivery", "deliveries")}</p>
      </div>
      {all.length === 0 ? (
        <Empty commands={[registerCommand(), controlCommand("sendEvent", { account: exampleAccount() })]}>
          No message was sent yet. Register a callback with the URL of your listener, then send a message:
        </Empty>
      ) : (
        <div class="split">
          <RowsList
            label="Deliveries"
            entries={shown}
            selectedId={selectedId}
            onSelect={(id) => select({ id, of: chosen })}
          >
            {(row) => <DeliveryRow delivery={row} />}
          </RowsList>
          <section class="detail" aria-label="Details">
            {entry ? (
              <DeliveryDetail key={entry.id} delivery={entry} />
            ) : (
              <p class="hint">Choose a delivery to see its attempts.</p>
            )}
          </section>
        </div>
      )}
    </section>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { id, acceptedAt, api, account, type, attempts, status } = delivery;
  return (
    <>
      <span class="cell number id">{id}</span>
      <span class="cell time">{formatTime(acceptedAt)}</span>
      <span class="cell api">{api}</span>
      <span class="cell grow">
        {type || "no type"} <span class="hint">{account}</span>
      </span>
      <span class="cell attempts">{count(attempts.length, "attempt")}</span>
      <DeliveryStatus status={status} />
    </>
  );
}

const colors = { pending: "warn", delivered: "good", failed: "bad" };

/** The status of a delivery with its color. */
export function DeliveryStatus({ status }: { status: Delivery["status"] }) {
  return <span class={`cell status ${colors[status]}`}>{status}</span>;
}

function DeliveryDetail({ delivery }: { delivery: Delivery }) {
  const { id, api, account, type, url, status, repeats, attempts, acceptedAt } = delivery;
  const blocker = findBlocker(delivery, deliveries.list());
  const again = useAction(() => callControl("redeliver", { body: { id } }));
  return (
    <>
      <h2>
        Delivery {id}: {type || "no type"}
      </h2>
      <dl>
        <dt>Status</dt>
        <dd>
          <DeliveryStatus status={status} />
        </dd>
        <dt>URL</dt>
        <dd class="url">{url}</dd>
        <dt>Account</dt>
        <dd>
          {account}, {api}
        </dd>
        <dt>Accepted</dt>
        <dd>{acceptedAt}</dd>
        {blocker && (
          <>
            <dt>Waits behind</dt>
            <dd>
              <a href={linkTo("deliveries", String(blocker.id))}>Delivery {blocker.id}</a> of {blocker.api}
            </dd>
          </>
        )}
        {repeats !== undefined && (
          <>
            <dt>Repeats</dt>
            <dd>
              <a href={linkTo("deliveries", String(repeats))}>Delivery {repeats}</a>
            </dd>
          </>
        )}
      </dl>
      <div class="buttons">
        <button type="button" onClick={again.run} disabled={again.isRunning}>
          Send again
        </button>
        <a class="button" href={linkTo("why", "", { account })}>
          Why did nothing arrive?
        </a>
      </div>
      <p role="status" class={again.error ? "error" : "hint"}>
        {again.error ?? (again.result && `Sent again as delivery ${again.result.deliveries.join(", ")}.`)}
      </p>
      <h3>Attempts</h3>
      <AttemptsTable attempts={attempts} />
      <h3>Send it again from elsewhere</h3>
      <CopyButtons request={controlRequest("redeliver", { body: { id } })} />
    </>
  );
}
