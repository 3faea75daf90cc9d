import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { getApi } from "@thingspace-callbacks/contract";
import { createMock, type Mock } from "@thingspace-callbacks/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const controlToken = "a token of the test";

const sample = (name: string) =>
  readFileSync(
    fileURLToPath(import.meta.resolve(`@thingspace-callbacks/docs/samples/vendor-sdk/${name}`)),
    "utf8",
  );

function isInstalled(command: string, option: string): boolean {
  try {
    execFileSync(command, [option], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function run(command: string, args: string[], cwd?: string): Promise<string> {
  const env = { ...process.env, MOCK_CONTROL_TOKEN: controlToken };
  const { stdout } = await promisify(execFile)(command, args, { cwd, env, timeout: 120_000 });
  return stdout;
}

describe.runIf(isInstalled("openssl", "version") && isInstalled("curl", "--version"))(
  "https under the real names",
  () => {
    let folder = "";
    let mock: Mock;
    let port = "";

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "vendor-sdk-"));
      await run("sh", ["-c", sample("certificate.sh")], folder);
      const [cert, key] = ["cert.pem", "key.pem"].map((file) => readFileSync(join(folder, file), "utf8"));
      if (!cert || !key) throw new Error("certificate.sh made no certificate");
      mock = await createMock({ tls: { cert, key }, controlToken });
      port = new URL(await mock.listen({ host: "127.0.0.1", port: 0 })).port;
    });
    afterAll(async () => {
      await mock?.close();
      await rm(folder, { recursive: true });
    });

    /** Runs a sample whose mock listens on port 443 of ADDRESS. */
    function runHere(name: string, host = "thingspace.verizon.com"): Promise<string> {
      const here = sample(name)
        .replaceAll("thingspace.verizon.com:443:ADDRESS", `${host}:${port}:127.0.0.1`)
        .replaceAll("https://thingspace.verizon.com", `https://${host}:${port}`);
      return run("sh", ["-c", here], folder);
    }

    test("makes a certificate that a strict client accepts", async () => {
      const verified = await run(
        "openssl",
        ["verify", "-x509_strict", "-CAfile", "ca.pem", "cert.pem"],
        folder,
      );
      expect(verified).toContain("OK");
    });

    test.each(["thingspace.verizon.com", "5gedge.verizon.com"])("reaches the mock as %s", async (host) => {
      expect(JSON.parse(await runHere("check.sh", host))).toEqual({ status: "ok" });
    });

    test("takes the control token", async () => {
      expect(JSON.parse(await runHere("control.sh"))).toMatchObject({ deliveries: [] });
    });
  },
);

test.runIf(isInstalled("python3", "--version"))(
  "the option of the newest Python SDK gets the mock's base URLs",
  async () => {
    const recorder = [
      "import sys, types, json",
      "class VerizonClient:",
      "  def __init__(self, **options): self.options = options",
      "sys.modules['verizon'] = types.ModuleType('verizon')",
      "sys.modules['verizon.client'] = module = types.ModuleType('verizon.client')",
      "module.VerizonClient = VerizonClient",
    ];
    const after = "print(json.dumps(client.options['server_config']))";
    const printed = JSON.parse(
      await run("python3", ["-c", [...recorder, sample("option.py"), after].join("\n")]),
    );
    expect(printed).toMatchObject({
      thingspace: { production: { base_url: getApi("auth").servers.mock } },
      software_management_v1: { production: { base_url: getApi("v1").servers.mock } },
      software_management_v2: { production: { base_url: getApi("v2").servers.mock } },
    });
  },
);
