import { posix } from "node:path";

/** The address of a README and of the targets of its links. */
export interface Place {
  /** The README's folder below the root, such as `packages/client`. */
  folder: string;
  /** The address of the repository, such as `https://github.com/owner/name`. */
  address: string;
}

// The target of an inline link: no spaces, no parentheses, and no scheme, anchor or absolute path.
const relativeLink = /(\]\()(?![a-z][a-z\d+.-]*:|#|\/)([^()\s]+)(\))/gi;

/**
 * Makes the relative links of a README absolute, because a package has only its own files and a registry shows the README
 * without them. Code blocks stay as they are.
 *
 * @example
 * toAbsoluteLinks("[spec](../../spec/README.md#x)", { folder: "packages/client", address })
 * // "[spec](https://github.com/owner/name/blob/main/spec/README.md#x)"
 */
export function toAbsoluteLinks(markdown: string, { folder, address }: Place): string {
  return markdown
    .split(/^(```[\s\S]*?^```)/m)
    .map((part) =>
      part.startsWith("```")
        ? part
        : part.replace(relativeLink, (_, open: string, target: string, close: string) => {
            const [path = "", anchor] = target.split("#");
            const file = posix.join(folder, path).replace(/\/$/, "");
            return `${open}${address}/blob/main/${file}${anchor === undefined ? "" : `#${anchor}`}${close}`;
          }),
    )
    .join("");
}

/** Lists the relative links of a README. */
export function listRelativeLinks(markdown: string): string[] {
  return markdown
    .split(/^(```[\s\S]*?^```)/m)
    .filter((part) => !part.startsWith("```"))
    .flatMap((part) => [...part.matchAll(relativeLink)].map(([, , target = ""]) => target));
}
