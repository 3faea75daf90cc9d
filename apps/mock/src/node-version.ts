/** The first Node.js that undici, which sends the deliveries, supports; `engines` in package.json says the same. */
const oldest = { major: 22, minor: 19 };

/**
 * Checks the version of Node.js. An older one would stop with the stack of an import that fails.
 *
 * @throws {Error} with a sentence that names both versions.
 */
export function demandNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  throw new Error(
    `The ThingSpace Callbacks mock needs Node.js ${oldest.major}.${oldest.minor} or newer; this is ${version}. https://nodejs.org has newer ones.`,
  );
}
