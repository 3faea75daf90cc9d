import { decodePercent } from "../operations/percent.ts";

/** Key and secret of an application. */
export interface BasicCredentials {
  key: string;
  secret: string;
}

/**
 * Returns the ways to read a Basic header: with key and secret as they are, and decoded. OAuth has clients
 * percent-encode both before base64; most send them as they are.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 * @example
 * readBasic(`Basic ${btoa("a%2Bb:c")}`) // [{ key: "a%2Bb", secret: "c" }, { key: "a+b", secret: "c" }]
 */
export function readBasic(header: string): [asSent: BasicCredentials, decoded: BasicCredentials] {
  const encoded = header.split(" ").at(-1) ?? "";
  const [key = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  const secret = rest.join(":");
  return [
    { key, secret },
    { key: decodeForm(key), secret: decodeForm(secret) },
  ];
}

const decodeForm = (text: string) => decodePercent(text.replaceAll("+", " "));
