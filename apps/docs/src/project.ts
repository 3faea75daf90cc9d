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
