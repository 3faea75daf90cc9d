import type { Spaces } from "../spaces/spaces.ts";
import { StoreAwayError } from "./away.ts";

/**
 * Returns the spaces of the instance as long as it is active. While it is not, each use of a space throws.
 *
 * @throws {StoreAwayError} from each method that returns a space
 */
export function createSharedSpaces(find: () => Spaces | undefined): Spaces {
  const demand = () => {
    const spaces = find();
    if (!spaces) throw new StoreAwayError();
    return spaces;
  };
  return {
    get default() {
      return demand().default;
    },
    isOpen: () => find() !== undefined,
    choose: (headers, account, admit) => demand().choose(headers, account, admit),
    get: (name) => demand().get(name),
    list: () => find()?.list() ?? [],
    drop: (name) => demand().drop(name),
    dropUnused: (now) => find()?.dropUnused(now),
    endWaits: () => find()?.endWaits(),
    close: async () => {
      await find()?.close();
    },
  };
}
