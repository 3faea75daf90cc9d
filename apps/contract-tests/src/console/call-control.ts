import { getApi, getOperation } from "@thingspace-callbacks/contract";

/** Calls an operation of the control API that takes a body and no path parameter. */
export async function callControl(origin: string, operationId: string, body: object): Promise<unknown> {
  const { method, path } = getOperation("control", operationId);
  const response = await fetch(origin + getApi("control").base + path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${operationId}: ${response.status} ${await response.text()}`);
  return response.json();
}
