import { createThingSpaceClient } from "@thingspace-callbacks/client";

const {
  THINGSPACE_KEY = "",
  THINGSPACE_SECRET = "",
  THINGSPACE_USERNAME = "",
  THINGSPACE_PASSWORD = "",
} = process.env;

const thingspace = createThingSpaceClient({
  credentials: {
    key: THINGSPACE_KEY,
    secret: THINGSPACE_SECRET,
    username: THINGSPACE_USERNAME,
    password: THINGSPACE_PASSWORD,
  },
});

// The first call gets both tokens; the others use them until they expire.
const result = await thingspace.v2.listRegisteredCallbacks("0000123456-00001");
if (result.ok) console.log(result.data.url);

// Logs out. ThingSpace continues to send messages.
await thingspace.close();
