import type { Delivery } from "../api/call.ts";
import { formatTime, rateStatus } from "./format.ts";

/** The attempts of a delivery, the first one first. */
export function AttemptsTable({ attempts }: { attempts: Delivery["attempts"] }) {
  if (attempts.length === 0) return <p class="hint">No attempt was made yet.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Time</th>
          <th scope="col">Response</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map(({ at, durationMs, status, error }, index) => (
          <tr key={at + String(index)}>
            <td>{index + 1}</td>
            <td>{formatTime(at)}</td>
            <td class={`status ${rateStatus(status)}`}>{status ?? error}</td>
            <td>{durationMs} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
