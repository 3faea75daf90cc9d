// Takes the pictures of the console for the docs, in both color schemes, from a mock that plays an upgrade.
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { buildExampleRequest, getByRole, getGeneration } from "@thingspace-callbacks/contract";
import { createMock } from "@thingspace-callbacks/mock";
import { launchBrowser } from "../browser.ts";
import { callControl } from "./call-control.ts";

const folder = fileURLToPath(new URL("../../../docs/src/pictures/", import.meta.url));
const size = { width: 1200, height: 720 };

let count = 0;
const listener = createServer((request, response) => {
  request.resume();
  count += 1;
  // Of the messages one is refused at first.
  response.writeHead(count === 3 ? 503 : 204).end();
});
await new Promise<void>((resolve) => listener.listen(8080, "127.0.0.1", resolve));

const mock = await createMock();
const origin = await mock.listen({ host: "127.0.0.1", port: 4010 });
const generation = getGeneration("v1");
const { method, path, headers, body } = buildExampleRequest(getByRole(generation, "register"));
const account = "0242078689-00001";
await fetch(origin + generation.base + path, {
  method,
  headers,
  body: JSON.stringify({ ...JSON.parse(body ?? ""), url: "http://127.0.0.1:8080/fota" }),
});
await callControl(origin, "playUpgrade", { api: "v1", account, devices: 5, failures: 1 });
await mock.waitFor("deliveries", { status: "delivered" }, { atLeast: 3 });

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const colorScheme of ["light", "dark"] as const) {
  const page = await browser.newPage({ colorScheme, viewport: size });
  await page.goto(`${origin}/mock/console/#deliveries/3`);
  await page.getByRole("heading", { name: /Delivery 3/ }).waitFor();
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
  await writeFile(`${folder}console-${colorScheme}.webp`, Buffer.from(data, "base64"));
}
await browser.close();
await mock.close();
listener.close();
