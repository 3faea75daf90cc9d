// Google Cloud Functions, and Cloud Run functions: --entry-point callbacks
import { http } from "@google-cloud/functions-framework";
import { toNodeHandler } from "@thingspace-callbacks/listener";
import { listener } from "./messages.ts";

// The framework has parsed the body before; the listener uses what it left.
http("callbacks", toNodeHandler(listener));
