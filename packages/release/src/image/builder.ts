import { run } from "../command.ts";

/** A program that builds images. */
export interface Builder {
  name: "docker" | "podman" | "buildah";
  /** The arguments before those of the build. */
  build: string[];
  env: Record<string, string>;
}

const builders: Builder[] = [
  { name: "docker", build: ["build"], env: {} },
  // The format of Docker keeps HEALTHCHECK; OCI's has no place for it.
  { name: "podman", build: ["build", "--format", "docker"], env: {} },
  {
    name: "buildah",
    build: ["build", "--format", "docker"],
    // Both work without a daemon and inside of another container.
    env: { STORAGE_DRIVER: process.env["STORAGE_DRIVER"] ?? "vfs", BUILDAH_ISOLATION: "chroot" },
  },
];

/**
 * Finds the first builder that works: docker with its daemon, podman, or buildah.
 *
 * @param name the only one to try. @default all
 * @throws {Error} when none works; the message says what each one needs.
 */
export async function findBuilder(name?: string): Promise<Builder> {
  const reasons: string[] = [];
  for (const builder of builders.filter((candidate) => !name || candidate.name === name)) {
    try {
      await run(builder.name, ["info"], { cwd: ".", env: builder.env });
      return builder;
    } catch (error) {
      reasons.push(`${builder.name}: ${(error as Error).message.trim().split("\n").at(-1)}`);
    }
  }
  throw new Error(
    `An image needs docker with its daemon, podman or buildah (on Debian: apt-get install buildah).\n${reasons.join("\n")}`,
  );
}
