import { existsSync, writeFileSync } from "node:fs";
import { getOperation } from "@thingspace-callbacks/contract";

/** Is used as the seed when it is in the folder in which the command runs. */
export const seedFile = "thingspace-mock.config.yaml";
const schemaFile = "thingspace-mock.schema.json";

const starter = `# yaml-language-server: $schema=./${schemaFile}
# The state from which the mock starts, and to which a reset returns. Remove the # of what you need.

# registrations:
#   - api: v1
#     account: 0242078689-00001
#     url: http://127.0.0.1:8080/fota
#     username: listener
#     password: correct horse battery staple

# The applications and users of --auth strict.
# applications:
#   - key: example-key
#     secret: example-secret
# users:
#   - username: zbeeblebrox
#     password: IMgr8
#     accounts: [0242078689-00001]

# What goes wrong: here, the first two registrations in V2 get 503.
# faults:
#   - api: v2
#     operationId: registerCallback
#     status: 503
#     times: 2

# clock:
#   now: 2030-01-01T00:00:00Z
#   frozen: true
`;

/**
 * Writes a commented seed, and a schema for editors, into the working folder.
 *
 * @returns a sentence for the user
 * @throws {Error} when there is a seed already
 */
export function writeStarter(): string {
  if (existsSync(seedFile)) throw new Error(`${seedFile} exists already. It was left as it is.`);
  const schema = getOperation("control", "putState").body?.schema;
  writeFileSync(schemaFile, `${JSON.stringify({ ...schema, required: [] }, null, 2)}\n`);
  writeFileSync(seedFile, starter);
  return `Wrote ${seedFile} and ${schemaFile}. The mock uses the file when it starts in this folder.`;
}
