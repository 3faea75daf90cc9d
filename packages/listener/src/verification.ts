import { isObject } from "./check.ts";
import { demandKnown, demandObject } from "./demand.ts";
import { isSecret } from "./equal.ts";
import { apis } from "./generated/apis.ts";
import type { Api, VerifyFunction } from "./options.ts";
import type { CallbackRequest } from "./request.ts";

/** Whether a message comes from ThingSpace; only `true` is a yes. */
export type Verify = (message: unknown, request: CallbackRequest) => unknown;

/** @throws {TypeError} unless it is exactly one way of verification, and one that the API has. */
export function verifyOf(api: Api, verify: unknown): Verify {
  const { hasCredentials } = apis[api];
  const ways = `${hasCredentials ? "{ username, password }, " : ""}{ pathSecret }, a function, or { insecure: true }`;
  if (verify === undefined) throw new TypeError(`verify is missing: give ${ways}.`);
  if (typeof verify === "function") return verify as VerifyFunction;

  const given = demandObject(verify, "verify");
  demandKnown(Object.keys(given), ["username", "password", "pathSecret", "insecure"], "way to verify");
  const { username, password, pathSecret, insecure } = given;
  const way = Object.keys(given)
    .filter((name) => given[name] !== undefined)
    .sort()
    .join();
  if (way === "password,username" && hasCredentials) return byCredentials(username, password);
  if (way === "pathSecret") return byPathSecret(pathSecret);
  if (way === "insecure" && insecure === true) {
    console.warn("verify.insecure: this ThingSpace callback listener takes messages from anybody.");
    return () => true;
  }
  throw new TypeError(`verify must be exactly one of ${ways} (api ${api}).`);
}

/** The username and password of the registration, which come back in the message (departure D29). */
function byCredentials(username: unknown, password: unknown): Verify {
  const secrets = { username: secretOf(username, "username"), password: secretOf(password, "password") };
  return (message) => {
    const sent = isObject(message) ? message : {};
    // Both, whatever the first says: what takes time must not depend on which is wrong.
    const isUser = isSecret(secrets.username, sent["username"]);
    const isPassword = isSecret(secrets.password, sent["password"]);
    return isUser && isPassword;
  };
}

function byPathSecret(pathSecret: unknown): Verify {
  const secret = secretOf(pathSecret, "pathSecret");
  if (!/^[\w.~-]{22,}$/.test(secret)) {
    throw new TypeError(
      "verify.pathSecret must be at least 22 of A-Z a-z 0-9 - . _ ~, as crypto.randomUUID() makes.",
    );
  }
  return (_message, { url }) => {
    const [path = ""] = url.split(/[?#]/, 1);
    return isSecret(secret, path.slice(path.lastIndexOf("/") + 1));
  };
}

function secretOf(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(`verify.${name} must be a string that is not empty.`);
}
