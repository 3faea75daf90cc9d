import { CliError } from "../cli-error.ts";

/** The first Node.js that the mock supports. */
export const mockNode = { major: 22, minor: 19 };

/** The requirement of the mock, in words. */
export const mockNodeText = `Node.js ${mockNode.major}.${mockNode.minor} or newer`;

/** @throws {CliError} when the mock does not run with this Node.js, although the command does */
export function demandMockNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > mockNode.major || (major === mockNode.major && minor >= mockNode.minor)) return;
  throw new CliError(
    "NODE_TOO_OLD",
    `The mock needs ${mockNodeText}; this is ${version}.`,
    "With this Node.js, start the mock as a container, or with npx --yes pnpm@12 start in a clone of the project. The other commands work.",
  );
}
