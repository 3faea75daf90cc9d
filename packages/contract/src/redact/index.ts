// The list of secret names, and the functions that hide their values, for the journal, the log, the state and the deliveries.
// This folder is pure and imports nothing from outside.
export { type Body, hideBody, redactBody } from "./body.ts";
export { redactHeaders } from "./headers.ts";
export { isSecretName } from "./names.ts";
export { redactText, redactUrl } from "./text.ts";
