/** Registers a callback, lists it, and is refused another. */
export async function program({ createThingSpaceClient }, { origin, account, registration, refusable }) {
  const thingspace = createThingSpaceClient({
    environment: "mock",
    origin,
    credentials: { accessToken: "any", sessionToken: "any" },
  });
  const registered = await thingspace.v2.registerCallback(account, registration);
  const listed = await thingspace.v2.listRegisteredCallbacks(account);
  const refused = await thingspace.v2.registerCallback(account, refusable);
  return {
    registered: [registered.ok, registered.status],
    listed: [listed.ok, listed.data],
    refused: [refused.ok, refused.status, refused.error.errorCode],
  };
}
