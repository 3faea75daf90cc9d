import { facts } from "../facts.ts";
import { route } from "../state/route.ts";
import { listAccounts, registrations } from "../state/store.ts";
import { ControlForm } from "./control-form.tsx";
import type { Texts } from "./operation-form.tsx";

/** The generation and the account of the link, or of the first registration. */
function chooseTarget(): { api: string; account: string } {
  const { api, account } = route.value.values;
  const known = registrations.value.find((one) => account === undefined || one.account === account);
  return {
    api: api ?? known?.api ?? facts.generations[0]?.name ?? "",
    account: account ?? known?.account ?? listAccounts()[0] ?? "",
  };
}

const findGeneration = (name: string | undefined) => facts.generations.find((one) => one.name === name);

/** Writes the example of a message of a type, to be edited. */
function writeMessage(api: string, type: string): string {
  const message = findGeneration(api)?.messages[type] ?? {};
  return Object.keys(message).length === 0 ? "" : JSON.stringify(message, null, 2);
}

/** Fills in the first type of a generation, and the example of a type. */
function completeEvent(texts: Texts, changed: string): Texts {
  if (changed !== "api" && changed !== "type") return texts;
  const { api = "" } = texts;
  const types = findGeneration(api)?.types ?? [];
  const type = changed === "api" ? (types[0]?.type ?? "") : (texts["type"] ?? "");
  return { ...texts, type, message: writeMessage(api, type) };
}

/** Sends one message, whose members can be edited. */
export function SendEvent() {
  const target = chooseTarget();
  return (
    <ControlForm
      operationId="sendEvent"
      submit="Send"
      initial={completeEvent(target, "api")}
      complete={completeEvent}
      suggest={(name, { api }) =>
        name === "type" ? (findGeneration(api)?.types ?? []).map(({ type }) => type) : []
      }
    />
  );
}

/** Sends the messages of a whole upgrade. */
export function PlayUpgrade() {
  return (
    <ControlForm
      operationId="playUpgrade"
      submit="Play"
      initial={{ ...chooseTarget(), devices: "3", failures: "1" }}
    />
  );
}

/** Sends messages again. */
export function Redeliver() {
  const { account } = chooseTarget();
  return <ControlForm operationId="redeliver" submit="Send again" initial={{ account, status: "failed" }} />;
}
