// The parts of a release, for the tests and the commands.

export { packAll } from "./pack.ts";
export { type Check, checkTarball } from "./check.ts";
export { listPublished, type Manifest, type Published, root } from "./workspace.ts";
export { addressFields, isAddressSet, readAddress } from "./address.ts";
export { listRelativeLinks, toAbsoluteLinks } from "./links.ts";
