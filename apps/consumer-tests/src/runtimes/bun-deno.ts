import { join } from "node:path";
import { bun, deno } from "../binaries.ts";
import { run } from "../command.ts";
import { addDriver, type Runtime } from "./runtime.ts";

/** Bun, with the driver that imports the program. */
export const bunRuntime: Runtime = async (folder, input) => {
  await addDriver(folder, "import.driver.js");
  return JSON.parse(await run(bun, ["import.driver.js", JSON.stringify(input)], { cwd: folder }));
};

/** Deno, with the driver that imports the program. It may reach the network, as the mock is there, and nothing else. */
export const denoRuntime: Runtime = async (folder, input) => {
  await addDriver(folder, "import.driver.js");
  const env = { DENO_DIR: join(folder, ".deno"), DENO_NO_UPDATE_CHECK: "1" };
  const args = ["run", "--quiet", "--allow-net", "--allow-env", "import.driver.js", JSON.stringify(input)];
  return JSON.parse(await run(deno, args, { cwd: folder, env }));
};
