import type { CallInfo } from "./call-info.ts";

const redactions = new WeakMap<CallInfo, (text: string) => string>();

/** Says how the secrets of a call are taken out of a text. */
export const setRedaction = (call: CallInfo, redaction: (text: string) => string) =>
  redactions.set(call, redaction);

/** A text that is not ours, without the secrets of the call, which it may quote. */
export const redacted = (call: CallInfo, text: string): string => redactions.get(call)?.(text) ?? text;
