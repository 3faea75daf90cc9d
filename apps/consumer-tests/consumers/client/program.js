/** Logs in, registers a callback, lists it, finds it among all generations, is refused another, and logs out. */
export async function program(
  { createThingSpaceClient, unwrap, isThingSpaceApiError },
  { origin, account, registration, refusable },
) {
  const thingspace = createThingSpaceClient({
    environment: "mock",
    origin,
    credentials: { key: "any", secret: "any", username: "any", password: "any" },
  });
  const registered = await thingspace.v2.registerCallback(account, registration);
  const listed = unwrap(await thingspace.v2.listRegisteredCallbacks(account));
  const found = await thingspace.registrations.list(account);
  const refused = await thingspace.v2.registerCallback(account, refusable);
  const thrown = await Promise.resolve(refused).then(unwrap).catch(isThingSpaceApiError);
  await thingspace.close();
  return {
    registered: [registered.ok, registered.status],
    listed,
    found: found.map(({ api, url }) => ({ api, url })),
    refused: [refused.ok, refused.status, refused.error.errorCode],
    thrown,
  };
}
