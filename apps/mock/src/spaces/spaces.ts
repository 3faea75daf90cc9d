import type { IncomingHttpHeaders } from "node:http";
import type { Space } from "./space.ts";

/** The spaces of a mock. */
export interface Spaces {
  /** The space of requests that name none. */
  default: Space;
  /** Returns the space that a request is about. */
  choose(headers: IncomingHttpHeaders): Space;
  /** Ends long polls and streams, which would keep the server from stopping. */
  endWaits(): void;
  close(): Promise<void>;
}

/** Creates the spaces of a mock around its default one. */
export function createSpaces(main: Space): Spaces {
  return {
    default: main,
    choose: () => main,
    endWaits: () => main.events.close(),
    close: () => main.close(),
  };
}
