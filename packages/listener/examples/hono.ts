// CALLBACK_PASSWORD=... node examples/hono.ts
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { listener } from "./messages.ts";

const app = new Hono();
app.all("/callbacks", (context) => listener(context.req.raw));

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 8080) }, (address) => {
  console.log("listening on", address);
});
