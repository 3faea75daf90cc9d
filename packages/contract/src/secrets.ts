import { secrets } from "./generated/apis.ts";

/** Names of the headers that the documents send tokens in, in lower case. */
export const secretHeaders: ReadonlySet<string> = new Set(secrets.headers);

/** Names of the members of bodies and messages that hold a password or a token, as the documents spell them. */
export const secretMembers: ReadonlySet<string> = new Set(secrets.members);
