import { createThingSpaceClient } from "@thingspace-callbacks/client";
import { createMock } from "@thingspace-callbacks/mock";

const mock = await createMock();
const thingspace = createThingSpaceClient({
  environment: "mock",
  credentials: { accessToken: "any", sessionToken: "any" },
  fetch: mock.fetch,
});

const account = "0000123456-00001";
await thingspace.v2.registerCallback(account, { url: "https://listener.example.com/fota" });
const result = await thingspace.v2.listRegisteredCallbacks(account);
if (result.ok) console.log(result.data);

await mock.close();
