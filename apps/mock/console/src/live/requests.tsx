import { useState } from "preact/hooks";
import type { JournalEntry } from "../api/call.ts";
import { spaceHeaders } from "../api/session.ts";
import { registerCommand } from "../copy/control.ts";
import { requestOfEntry } from "../copy/request.ts";
import { facts, origin } from "../facts.ts";
import { CopyButtons } from "../parts/copy-buttons.tsx";
import { Empty } from "../parts/empty.tsx";
import { count, formatBody, formatTime, rateStatus } from "../parts/format.ts";
import { RowsList } from "../parts/rows-list.tsx";
import { linkTo } from "../state/route.ts";
import { requests } from "../state/store.ts";

const directions = [
  { value: "", label: "In and out" },
  { value: "in", label: "In: requests to the mock" },
  { value: "out", label: "Out: messages to listeners" },
];

/** The requests that came in and went out, the newest first. */
export function Requests() {
  const [text, setText] = useState("");
  const [direction, setDirection] = useState("");
  const [selectedId, select] = useState<number | undefined>(undefined);
  requests.version.value;
  const all = requests.list();
  const wanted = text.toLowerCase();
  const shown = all
    .filter((entry) => direction === "" || entry.direction === direction)
    .filter((entry) => wanted === "" || isAbout(entry, wanted))
    .reverse();
  const entry = selectedId === undefined ? undefined : requests.get(selectedId);
  return (
    <section aria-label="Requests" class="list-page">
      <div class="filters">
        <label>
          Filter
          <input
            type="search"
            placeholder="account, path, operation, 503"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <label>
          Direction
          <select value={direction} onChange={(event) => setDirection(event.currentTarget.value)}>
            {directions.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <p class="count">{count(shown.length, "request")}</p>
      </div>
      {all.length === 0 ? (
        <Empty commands={[registerCommand()]}>
          No request has come in yet. Point your client at this mock, or run this in a shell:
        </Empty>
      ) : (
        <div class="split">
          <RowsList label="Requests" entries={shown} selectedId={selectedId} onSelect={select}>
            {(row) => <RequestRow entry={row} />}
          </RowsList>
          <section class="detail" aria-label="Details">
            {entry ? (
              <RequestDetail entry={entry} />
            ) : (
              <p class="hint">Choose a request to see its headers and body.</p>
            )}
          </section>
        </div>
      )}
    </section>
  );
}

function isAbout(entry: JournalEntry, text: string): boolean {
  const { method, url, api, operationId, account, status, body } = entry;
  return [method, url, api, operationId, account, status, body].join(" ").toLowerCase().includes(text);
}

function RequestRow({ entry }: { entry: JournalEntry }) {
  const { at, direction, method, url, status, durationMs } = entry;
  return (
    <>
      <span class="cell time">{formatTime(at)}</span>
      <span class="cell direction">{direction === "in" ? "in" : "out"}</span>
      <span class="cell method">{method}</span>
      <span class="cell grow" title={url}>
        {url}
      </span>
      <Status status={status} />
      <span class="cell number">{durationMs} ms</span>
    </>
  );
}

/** A status with its color. Without a response there is none. */
export function Status({ status }: { status: number | undefined }) {
  return <span class={`cell status ${rateStatus(status)}`}>{status ?? "none"}</span>;
}

function RequestDetail({ entry }: { entry: JournalEntry }) {
  const {
    at,
    direction,
    method,
    url,
    api,
    operationId,
    account,
    delivery,
    headers,
    body,
    status,
    refusal,
    durationMs,
  } = entry;
  const request = requestOfEntry(entry, { origin, headers: spaceHeaders(), operations: facts.operations });
  return (
    <>
      <h2>
        {method} <span class="url">{url}</span>
      </h2>
      <dl>
        <dt>Response</dt>
        <dd>
          <Status status={status} /> after {durationMs} ms
        </dd>
        <dt>Time</dt>
        <dd>{at}</dd>
        <dt>{direction === "in" ? "Operation" : "Message of"}</dt>
        <dd>{api ? [api, operationId].filter(Boolean).join(", ") : "not an operation of the documents"}</dd>
        {account !== undefined && (
          <>
            <dt>Account</dt>
            <dd>
              {account} <a href={linkTo("why", "", { account })}>Why did nothing arrive?</a>
            </dd>
          </>
        )}
        {delivery !== undefined && (
          <>
            <dt>Delivery</dt>
            <dd>
              <a href={linkTo("deliveries", String(delivery))}>{delivery}</a>
            </dd>
          </>
        )}
      </dl>
      <CopyButtons request={request} />
      {refusal && (
        <>
          <h3>Why it was refused</h3>
          <pre>{formatBody(refusal)}</pre>
        </>
      )}
      <h3>Body</h3>
      {body ? <pre>{formatBody(body)}</pre> : <p class="hint">The request had no body.</p>}
      <h3>Headers</h3>
      <dl class="headers">
        {Object.entries(headers).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </>
  );
}
