import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { createHome, readControl, runCommand, useMock } from "./command.ts";
import { former, prepareFormer, readFormer } from "./listening.ts";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const mock = useMock();
const { account } = former;
const mostMessages = 20;

/** Runs a command whose output is read by another one, and resolves with the exit code of the first. */
async function pipeInto(reader: string, args: string[]): Promise<string> {
  const script = `"$0" "$@" | eval "$READER" >&2; echo "\${PIPESTATUS[0]}"`;
  const env = {
    ...process.env,
    READER: reader,
    THINGSPACE_CALLBACKS_HOME: createHome(),
    THINGSPACE_ORIGIN: mock.origin,
  };
  const { stdout } = await promisify(execFile)("bash", ["-c", script, process.execPath, bin, ...args], {
    env,
  });
  return stdout.trim();
}

describe.skipIf(process.platform === "win32")("A command whose output is closed", () => {
  describe("listening", () => {
    // Messages that still wait for an earlier listener would be sent first.
    beforeEach(async () => {
      await fetch(`${mock.origin}/mock/state`, { method: "DELETE" });
      await prepareFormer(mock.origin);
    });

    /** Sends messages until `ended` is true: the first one that is printed after the reader has ended ends the command. */
    async function sendUntil(ended: () => boolean): Promise<void> {
      await readControl(mock.origin, "requests?operationId=registerCallback&wait=20s");
      for (let sent = 0; sent < mostMessages && !ended(); sent++)
        await runCommand(["trigger", "upgradeScheduled", "--wait", "1", "--origin", mock.origin]);
    }

    test.each([
      { args: ["listen", "--account", account, "--json"] },
      { args: ["record", "--account", account, "--out", join(createHome(), "messages.jsonl")] },
    ])("$args | head -1 ends with 0, and puts back what was registered", async ({ args }) => {
      let hasEnded = false;
      const exitCode = pipeInto("head -1", args).finally(() => {
        hasEnded = true;
      });
      await sendUntil(() => hasEnded);
      expect(await exitCode).toBe("0");
      expect(await readFormer(mock.origin)).toEqual(former);
    });
  });

  test.each([
    { args: ["callbacks", "audit", account], exitCode: "0" },
    { args: ["completion", "bash"], exitCode: "0" },
  ])("$args does all of its work, and ends with $exitCode", async ({ args, exitCode }) => {
    expect(await pipeInto("true", args)).toBe(exitCode);
  });

  test("A command changes all that it should, and tells what failed by its exit code", async () => {
    const accounts = ["../bad", "0242078691-00001"];
    const args = ["callbacks", "register", ...accounts, "--api", "v1", "--url", "https://a.example"];
    expect(await pipeInto("true", args)).toBe("1");
    const { registrations } = await readControl(mock.origin, "state");
    expect(registrations).toContainEqual(expect.objectContaining({ account: accounts[1] }));
  });
});
