// AWS Lambda: a function URL, or an API Gateway HTTP API with payload format 2.0. `handler` is the entry.
import { toLambdaHandler } from "@thingspace-callbacks/listener/lambda";
import { listener } from "./messages.ts";

export const handler = toLambdaHandler(listener);
