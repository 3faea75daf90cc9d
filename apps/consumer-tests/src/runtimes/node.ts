import { run } from "../command.ts";
import { addDriver, type Runtime } from "./runtime.ts";

/** A Node.js, with a driver that imports or requires the program. */
export const node =
  (binary: string, driver: "import.driver.js" | "require.driver.cjs"): Runtime =>
  async (folder, input) => {
    await addDriver(folder, driver);
    return JSON.parse(await run(binary, [driver, JSON.stringify(input)], { cwd: folder }));
  };
