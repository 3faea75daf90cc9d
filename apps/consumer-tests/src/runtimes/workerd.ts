import { workerd as binary } from "../binaries.ts";
import { run } from "../command.ts";
import { addDriver, bundleDriver, type Runtime } from "./runtime.ts";

/** Cloudflare's workers, in their own open-source runtime. */
export const workerd: Runtime = async (folder, input) => {
  await bundleDriver(
    folder,
    "worker.driver.js",
    { platform: "neutral", resolve: { conditionNames: ["workerd"] } },
    "esm",
  );
  await addDriver(folder, "worker.capnp");
  const env = { CONSUMER_INPUT: JSON.stringify(input) };
  return JSON.parse(await run(binary, ["test", "worker.capnp"], { cwd: folder, env }));
};
