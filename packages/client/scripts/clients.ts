import type { Generation } from "@thingspace-callbacks/contract";

/** Returns the text of src/generated/clients.ts: a function for each generation that creates a client of it alone. */
export function writeClients(generations: Generation[]): string {
  return [
    'import { assembleClient, type GenerationClient } from "../client.ts";',
    'import type { ClientOptions } from "../options.ts";',
    `import { auth, ${generations.map(({ name }) => name).join(", ")} } from "./descriptions.ts";`,
    ...generations.flatMap(({ name, title }) => [
      "",
      `/** Like {@link createThingSpaceClient}, for ${title} only and without \`registrations\`: a smaller bundle. */`,
      `export const create${name.charAt(0).toUpperCase()}${name.slice(1)}Client = (options: ClientOptions = {}): GenerationClient<${JSON.stringify(name)}> =>`,
      `  assembleClient<${JSON.stringify(name)}>({ ${name}, auth }, options).client;`,
    ]),
    "",
  ].join("\n");
}
