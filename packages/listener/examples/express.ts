// CALLBACK_PASSWORD=... node examples/express.ts
import { toNodeHandler } from "@thingspace-callbacks/listener";
import express from "express";
import { listener } from "./messages.ts";

const app = express();
// `all`, so that the listener receives other methods as well; before body parsers, so that it reads the body itself.
app.all("/callbacks", toNodeHandler(listener));
app.use(express.json());

const server = app.listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1", () => {
  console.log("listening on", server.address());
});
