import { isAddressSet } from "@thingspace-callbacks/release/address";
import workspace from "../../../package.json" with { type: "json" };
import listener from "../../../packages/listener/package.json" with { type: "json" };

/** The project as its pages name it. */
export const project = {
  /** Version of the packages, such as "0.1.0". */
  version: listener.version,
  license: workspace.license,
  /** Address of the repository; undefined until it is set. */
  source: isAddressSet(workspace.repository) ? workspace.repository : undefined,
};

/** Returns the address at which a file of the repository is edited, or a folder is shown; undefined until the address is set. */
export function editLinkOf(path: string): string | undefined {
  const view = /\.\w+$/.test(path) ? "edit" : "tree";
  return project.source && `${project.source}/${view}/main/${path}`;
}
