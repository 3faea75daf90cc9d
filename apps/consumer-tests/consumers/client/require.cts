import client = require("@thingspace-callbacks/client");

client.createThingSpaceClient satisfies (options?: client.ClientOptions) => client.ThingSpaceClient;
