// CALLBACK_PASSWORD=... bun examples/bun.ts
import { listener } from "./messages.ts";

export default { hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 8080), fetch: listener };
