// Azure Functions v4, as src/functions/callbacks.ts.
import { app, type HttpRequest, type HttpResponseInit } from "@azure/functions";
import { listener } from "./messages.ts";

export async function handler(request: HttpRequest): Promise<HttpResponseInit> {
  // The request has everything of a web-standard Request that the listener uses.
  const response = await listener(request as unknown as Request);
  return { status: response.status, headers: [...response.headers], body: await response.text() };
}

app.http("callbacks", { methods: ["POST"], authLevel: "anonymous", handler });
