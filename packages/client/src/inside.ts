import type { Core } from "./core.ts";
import type { Table } from "./table.ts";
import type { Transport } from "./transport.ts";

/** What a client has for the package's other entry. */
interface Inside {
  tables: Record<string, Table<never>>;
  baseUrlOf(table: Pick<Table, "servers">): string;
  transport: Transport;
}

const insides = new WeakMap<Core, Inside>();

export const setInside = (client: Core, inside: Inside) => insides.set(client, inside);

/** @throws {TypeError} for anything that is not a client of this package. */
export function insideOf(client: Core): Inside {
  const inside = insides.get(client);
  if (inside) return inside;
  throw new TypeError("The plain clients are made of what createThingSpaceClient gives.");
}
