import { fileURLToPath } from "node:url";
import { run } from "../command.ts";
import { imageName } from "./build.ts";
import type { Builder } from "./builder.ts";
import { startContainer, succeedsInside } from "./container.ts";
import { createNetwork } from "./network.ts";
import { mountImage } from "./root-folder.ts";

const controlToken = "tour";
const maxAdded = 20 * 1024 * 1024;
const tokens = ["-H", "Authorization: Bearer any", "-H", "VZ-M2M-Token: any"];
const account = "0242078689-00001";

/** The checks that need a container engine, which this tour does not use. */
const untried = [
  "the mock as process 1, and HEALTHCHECK, as an engine runs them",
  "the mapping of ports, and compose.yaml",
  "arm64",
];

/**
 * Runs the image with a read-only root as its own user and visits it from another network namespace.
 *
 * @throws {Error} that names the first thing that is not as it should be.
 */
export async function tourImage(builder: Builder, base: string): Promise<void> {
  if (process.getuid?.() !== 0 || builder.name !== "buildah") {
    throw new Error("The tour needs root, buildah and ip (iproute2) on Linux.");
  }
  const network = await createNetwork();
  const hosts = [`${network.partner.address} listener`, "127.0.0.1 localhost"];
  const root = await mountImage(builder, { image: imageName, base, hosts }).catch(async (error) => {
    await network.remove();
    throw error;
  });
  const { namespace } = network.mock;
  const origin = `http://${network.mock.address}:4010`;
  const start = () =>
    startContainer(root, namespace, { MOCK_CONTROL_TOKEN: controlToken, MOCK_ALLOW_TARGET: "listener" });
  const visit = (...command: string[]) =>
    run("ip", ["netns", "exec", network.partner.namespace, ...command], { cwd: "/" });
  let container: Awaited<ReturnType<typeof start>> | undefined;
  try {
    const healthcheck = root.config.Healthcheck?.Test.slice(1) ?? [];
    const labels = Object.keys(root.config.Labels).filter((name) => name.startsWith("org.opencontainers."));
    demand(
      "adds at most 20 MB to its base",
      root.added <= maxAdded,
      `${Math.round(root.added / 1024 / 1024)} MB`,
    );
    demand("has OCI labels", labels.length >= 5, labels.length);
    demand("is not healthy before it runs", !(await succeedsInside(root, namespace, healthcheck)));

    const began = performance.now();
    container = await start();
    demand("starts with a read-only root", true, `${Math.round(performance.now() - began)} ms`);
    const { uid, gid } = await container.identity();
    demand("does not run as root", uid === "1000" && gid === "1000", `${uid}:${gid}`);
    const write = ["node", "-e", "require('fs').writeFileSync('/app/x', '')"];
    demand("cannot write beside /data", !(await succeedsInside(root, namespace, write)));
    demand("is healthy", await succeedsInside(root, namespace, healthcheck));

    const status = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
    for (const path of ["/docs/", "/openapi/v2.json", "/readyz"]) {
      demand(`answers curl at ${path}`, (await visit("curl", ...status, origin + path)) === "200");
    }
    const v1 = `${origin}/api/fota/v1/callbacks/${account}`;
    const dynamic = await visit("curl", ...status, ...tokens, "-H", "Prefer: dynamic=true", v1);
    demand("has Prism inside", dynamic === "200", dynamic);
    const refused = await visit("curl", ...status, `${origin}/mock/state`);
    demand("demands the control token", refused === "401" || refused === "403", refused);

    const program = fileURLToPath(new URL("./partner.py", import.meta.url));
    const seen = JSON.parse(await visit("python3", program, origin, "listener", controlToken));
    demand(
      "registers V2 over http for a Python client and delivers to it in its network",
      seen.registered === 200 && seen.arrived.path === "/fota" && seen.arrived.message !== undefined,
      JSON.stringify(seen.arrived.message),
    );

    const stopped = await container.stop();
    container = undefined;
    demand("stops on SIGTERM in under a second", stopped.code === 0 && stopped.ms < 1000, `${stopped.ms} ms`);
    container = await start();
    const listed = await visit("curl", "-s", ...tokens, `${origin}/api/fota/v2/callbacks/${account}`);
    demand("remembers after a restart", listed.includes("http://listener:"));
    console.log(untried.map((part) => `  not tried: ${part}`).join("\n"));
  } finally {
    await container?.stop();
    await root.remove();
    await network.remove();
  }
}

function demand(what: string, holds: boolean, figure?: string | number): void {
  const line = `${what}${figure === undefined ? "" : `: ${figure}`}`;
  if (!holds) throw new Error(`The image fails: ${line}`);
  console.log(`  ${line}`);
}
