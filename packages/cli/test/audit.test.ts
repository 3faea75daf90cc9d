import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatCsv } from "../src/callbacks/csv.ts";
import { createHome, runCommand, sendControl, useMock } from "./command.ts";

const mock = useMock();
const accounts = ["0242078689-00001", "0242078689-00002"];

const audit = (...args: string[]) => runCommand(["callbacks", "audit", ...args, "--origin", mock.origin]);

test("callbacks audit writes a row for each registration, and one for an account without any", async () => {
  await sendControl(mock.origin, "PUT", "registrations", {
    registrations: [
      { api: "v1", account: accounts[0], url: "https://example.com/a,b" },
      { api: "v2", account: accounts[0], url: "http://127.0.0.1:9/" },
    ],
  });
  const { exitCode, output } = await audit(...accounts);
  expect(exitCode).toBe(0);
  const [header, ...rows] = output.trimEnd().split("\r\n");
  expect(header).toBe("account,api,service,url,https,error");
  expect(rows[0]).toBe(`${accounts[0]},v1,Fota,"https://example.com/a,b",yes,`);
  expect(rows.filter((row) => row.includes("http://127.0.0.1:9/,no,")).length).toBeGreaterThan(0);
  expect(rows.at(-1)).toBe(`${accounts[1]},,,,,`);

  const file = join(createHome(), "audit.csv");
  expect((await audit(...accounts, "--out", file)).output).toBe("");
  expect(readFileSync(file, "utf8")).toBe(output);
  expect((await audit(...accounts, "--json")).data.accounts).toHaveLength(2);
});

test("An account that fails has a row with the code of its error, and the exit code is 1", async () => {
  const { exitCode, output } = await audit("not-an-account", accounts[1] ?? "");
  expect(exitCode).toBe(1);
  expect(output).toMatch(/^not-an-account,,,,,\w+\r$/m);
});

test("A field with a quote is quoted, and one that a spreadsheet would calculate gets an apostrophe", () => {
  expect(formatCsv([['a"b', "=1+1", "-1", "c\nd"]])).toBe(`"a""b",'=1+1,'-1,"c\nd"\r\n`);
});
