/** Makes a listener, and gives it a message that is ThingSpace's, one that is not, and one of another shape. */
export async function program(
  { createCallbackListener, toNodeHandler, createTestCallback },
  { username, password, type, members, undocumented },
) {
  const handled = [];
  const verify = { username, password };
  const on = { [type]: (message) => handled.push(message), other: () => handled.push("other") };
  const listener = createCallbackListener({ api: "v1", verify, on, onError: () => {} });
  const answers = [];
  for (const callback of [
    { username, password, message: members },
    { username, password: `${password}!` },
    { username, password, message: undocumented },
  ]) {
    const response = await listener(createTestCallback({ api: "v1", type, ...callback }));
    answers.push([response.status, await response.text()]);
  }
  const kinds = handled.map((message) => [message.type, message.accountName]);
  return { answers, kinds, node: typeof toNodeHandler(listener) };
}
