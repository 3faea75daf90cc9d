// `pnpm image` and `pnpm image:tour`. BASE is the base image, BUILDER one of docker, podman and buildah.
import { buildImage } from "./build.ts";
import { findBuilder } from "./builder.ts";
import { tourImage } from "./tour.ts";

const { BASE: base = "node:24-slim", BUILDER: name } = process.env;
const [command] = process.argv.slice(2);

try {
  const isTour = command === "tour";
  const builder = await findBuilder(isTour ? "buildah" : name);
  await buildImage(builder, base);
  if (isTour) await tourImage(builder, base);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
