import { createClient } from "@hey-api/openapi-ts";
import { generate } from "orval";
import { generateApi } from "swagger-typescript-api";

/** Makes a client of the document at `input` in the folder `output`. */
export type Generator = (input: string, output: string) => Promise<unknown>;

/** The generators of TypeScript clients that come as npm packages, by name. */
export const generators: Record<string, Generator> = {
  "hey-api": (input, output) =>
    createClient({
      input,
      output,
      logs: { level: "silent" },
      plugins: ["@hey-api/typescript", "@hey-api/client-fetch", "@hey-api/sdk"],
    }),
  orval: (input, output) =>
    generate({ input: { target: input }, output: { target: `${output}/client.ts`, client: "fetch" } }),
  "swagger-typescript-api": (input, output) =>
    generateApi({ input, output, fileName: "client.ts", silent: true }),
};
