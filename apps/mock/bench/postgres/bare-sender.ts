// The yardstick for deliveries: a bare loop of undici requests. Accounts in parallel, at most 200 at once as the mock does, and
// the messages of each account one after the other.
import pLimit from "p-limit";
import { request } from "undici";

const [url = "", accounts, perAccount, body = "{}"] = process.argv.slice(2);
const limit = pLimit(200);

async function sendAll(account: number): Promise<void> {
  for (let number = 0; number < Number(perAccount); number += 1) {
    await limit(async () => {
      const response = await request(`${url}/account-${account}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      await response.body.dump();
    });
  }
}

process.on("message", () => {
  for (let account = 0; account < Number(accounts); account += 1) void sendAll(account);
});
process.once("disconnect", () => process.exit());
process.send?.("ready");
