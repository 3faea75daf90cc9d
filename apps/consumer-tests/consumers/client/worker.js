// A worker as its authors write it: one client for all requests of the isolate.
import { createThingSpaceClient } from "@thingspace-callbacks/client";

let thingspace;

export default {
  async fetch(request, env) {
    const { origin, account } = JSON.parse(env.INPUT);
    thingspace ??= createThingSpaceClient({
      environment: "mock",
      origin,
      credentials: { key: "any", secret: "any", username: "any", password: "any" },
      timeoutMs: 1_500,
    });
    const isImpatient = new URL(request.url).searchParams.has("impatient");
    const options = isImpatient ? { signal: AbortSignal.timeout(150) } : {};
    try {
      const { status } = await thingspace.v1.listRegisteredCallbacks(account, options);
      return Response.json({ status });
    } catch (error) {
      return Response.json({ error: error.name });
    }
  },
};
