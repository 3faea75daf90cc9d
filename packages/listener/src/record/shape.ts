/** The documented kind of a value, and what is documented about the values in it. */
export interface Shape {
  type: string;
  /** Shapes of an object's members, by name. */
  members?: Record<string, Shape>;
  /** Shape of an array's items. */
  items?: Shape;
}

/** Something in a message that its document does not have. */
export interface News {
  /**
   * `unknownType`: a `type` of message that is not documented. `unknownMember`: a member that is not documented. `otherType`: a
   * documented member with another type of value.
   */
  kind: "unknownType" | "unknownMember" | "otherType";
  /** A JSON Pointer with `[]` for the items of a list, such as `/deviceList/[]/status`; empty for the message itself. */
  path: string;
  /** The type of the value, or the unknown `type` of message. */
  found: string;
  /** The documented type of the value. */
  documented?: string;
}

/** Values that are nested more deeply are not looked at. */
export const maxDepth = 50;

/**
 * Compares a message with its documented shape.
 *
 * @returns each difference once, however many items of a list have it. Null means absent, and is no difference.
 */
export function compare(message: unknown, documented: Shape): News[] {
  const news = new Map<string, News>();
  visit(message, documented, "", 0);
  return [...news.values()];

  function visit(value: unknown, shape: Shape, path: string, depth: number): void {
    if (value === null || depth > maxDepth) return;
    const found = typeOf(value);
    if (!fits(found, shape.type)) {
      add({ kind: "otherType", path, found, documented: shape.type });
    } else if (Array.isArray(value)) {
      for (const item of value) if (shape.items) visit(item, shape.items, `${path}/[]`, depth + 1);
    } else if (typeof value === "object") {
      const members = shape.members ?? {};
      for (const [name, member] of Object.entries(value)) {
        const known = Object.hasOwn(members, name) ? members[name] : undefined;
        if (known) visit(member, known, `${path}/${name}`, depth + 1);
        else add({ kind: "unknownMember", path: `${path}/${name}`, found: typeOf(member) });
      }
    }
  }

  function add(found: News): void {
    news.set(`${found.kind} ${found.path} ${found.found}`, found);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

const fits = (found: string, documented: string) =>
  found === documented || (found === "integer" && documented === "number");
