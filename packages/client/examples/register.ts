import { createThingSpaceClient } from "@thingspace-callbacks/client";

const thingspace = createThingSpaceClient({
  environment: "mock",
  credentials: { accessToken: "any", sessionToken: "any" },
});

const account = "0242078689-00001";
await thingspace.v1.registerCallback(account, { name: "Fota", url: "https://example.com/fota" });
const listed = await thingspace.v1.listRegisteredCallbacks(account);
if (listed.ok) console.log(listed.data);

const refused = await thingspace.v2.registerCallback("0000123456-00001", { url: "ftp://example.com" });
if (refused.status === 400) console.log(refused.error);
