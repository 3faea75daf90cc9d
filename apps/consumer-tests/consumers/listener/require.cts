import listener = require("@thingspace-callbacks/listener");
import testing = require("@thingspace-callbacks/listener/testing");

testing.createTestCallback satisfies (callback: { api: "v2" }) => Request;
listener.toNodeHandler satisfies (listener: listener.CallbackListener) => unknown;
