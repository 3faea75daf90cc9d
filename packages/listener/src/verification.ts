import { isObject } from "./check.ts";
import { apis } from "./generated/apis.ts";
import type {
  Api,
  CredentialsVerification,
  InsecureVerification,
  PathSecretVerification,
  VerifyFunction,
} from "./options.ts";
import type { CallbackRequest } from "./request.ts";
import { isOneOf } from "./secret.ts";
import { createInvalid, validateObject } from "./validate.ts";

/** Decides whether a message comes from ThingSpace; only `true` means yes. */
export type Verifier = (message: unknown, request: CallbackRequest) => unknown;

const members = { username: true, password: true, pathSecret: true, insecure: true } satisfies Record<
  keyof (CredentialsVerification & PathSecretVerification & InsecureVerification),
  true
>;

/** @throws {OptionError} unless exactly one way of verification is given, and one that the API has. */
export function createVerifier(api: Api, verify: unknown): Verifier {
  if (typeof verify === "function") return verify as VerifyFunction;

  const { hasCredentials } = apis[api];
  const ways = `${hasCredentials ? "{ username, password }, " : ""}{ pathSecret }, a function, or { insecure: true }`;
  if (verify === undefined) throw createInvalid("verify", ways);
  const given = validateObject(verify, "verify", Object.keys(members), "way to verify");
  const { username, password, pathSecret, insecure } = given;
  const way = Object.keys(given)
    .filter((name) => given[name] !== undefined)
    .sort()
    .join();
  if (way === "password,username" && hasCredentials) return createCredentialsVerifier(username, password);
  if (way === "pathSecret") return createPathVerifier(pathSecret);
  if (way === "insecure" && insecure === true) {
    console.warn("verify.insecure: this ThingSpace callback listener accepts messages from anyone.");
    return () => true;
  }
  throw createInvalid("verify", `exactly one of ${ways} (api ${api})`);
}

/** The username and password of the registration, which come back in the message (departure D29). */
function createCredentialsVerifier(username: unknown, password: unknown): Verifier {
  const usernames = [validateSecret(username, "username")];
  const passwords = validateSecrets(password, "password");
  return (message) => {
    const sent = isObject(message) ? message : {};
    // Both are always compared: the time must not tell which one is wrong.
    const isUser = isOneOf(usernames, sent["username"]);
    const isPassword = isOneOf(passwords, sent["password"]);
    return isUser && isPassword;
  };
}

function createPathVerifier(pathSecret: unknown): Verifier {
  const secrets = validateSecrets(pathSecret, "pathSecret");
  if (!secrets.every((secret) => /^[\w.~-]{22,}$/.test(secret))) {
    throw createInvalid(
      "verify.pathSecret",
      "at least 22 of the characters A-Z a-z 0-9 - . _ ~, as from crypto.randomUUID()",
    );
  }
  return (_message, { url }) => isOneOf(secrets, getLastSegment(url));
}

/** Returns the decoded last segment of a URL's path. Proxies add a trailing slash or encode a character such as `-`. */
export function getLastSegment(url: string): string | undefined {
  const [path = ""] = url.split(/[?#]/, 1);
  const segment = path.split("/").findLast((part) => part !== "") ?? "";
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function validateSecrets(value: unknown, name: string): string[] {
  const secrets = (Array.isArray(value) ? value : [value]).map((secret) => validateSecret(secret, name));
  if (secrets.length === 0) throw createInvalid(`verify.${name}`, "a list that is not empty");
  return secrets;
}

function validateSecret(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw createInvalid(`verify.${name}`, "a string that is not empty");
}
