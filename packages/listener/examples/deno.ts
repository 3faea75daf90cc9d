// CALLBACK_PASSWORD=... deno serve --allow-env --port 8080 examples/deno.ts
import { listener } from "./messages.ts";

export default { fetch: listener };
