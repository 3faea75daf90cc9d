/** Gives listeners a message from ThingSpace, a forged one, a repeat, and one that contradicts the document. */
export async function program(
  { createCallbackListener, createMemorySeenStore, toNodeHandler, createTestCallback },
  { username, password, type, members, undocumented },
) {
  const handled = [];
  const codes = [];
  const verify = { username, password: [password, `${password} of yesterday`] };
  const on = { [type]: (message) => handled.push(message), other: () => handled.push("other") };
  const options = { api: "v1", verify, on, onError: (_error, { code }) => codes.push(code) };
  const listener = createCallbackListener({ ...options, seen: { store: createMemorySeenStore() } });
  const strict = createCallbackListener({ ...options, strict: true });
  const answers = [];
  for (const { receive = listener, ...callback } of [
    { username, password, message: { ...members, callbackCount: 1 } },
    { username, password: `${password}!` },
    { username, password, message: { ...members, callbackCount: 2 } },
    { username, password, message: undocumented },
    { username, password, message: undocumented, receive: strict },
  ]) {
    const response = await receive(createTestCallback({ api: "v1", type, ...callback }));
    answers.push([response.status, await response.text()]);
  }
  const kinds = handled.map((message) =>
    message === "other" ? message : [message.type, message.accountName],
  );
  const { status: misused } = await createCallbackListener({ ...options, onError: () => {} })({
    headers: {},
  });
  return { answers, kinds, codes, misused, node: typeof toNodeHandler(listener) };
}
