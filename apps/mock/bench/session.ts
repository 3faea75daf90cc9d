import { request } from "undici";
import type { Tokens } from "./requests.ts";

/** Who logs in; the configuration of strict authentication knows them. */
export interface Credentials {
  key: string;
  secret: string;
  username: string;
  password: string;
}

/** The user of `config/mock-config.example.yaml`. */
export const exampleCredentials: Credentials = {
  key: "example-key",
  secret: "example-secret",
  username: "zbeeblebrox",
  password: "IMgr8",
};

/** Gets both tokens from a mock's own authentication. */
export async function logIn(origin: string, credentials: Credentials): Promise<Tokens> {
  const token = await request(`${origin}/api/ts/v1/oauth2/token`, tokenRequest(credentials));
  const { access_token } = (await token.body.json()) as { access_token: string };
  const session = await request(
    `${origin}/api/m2m/v1/session/login`,
    logInRequest(credentials, access_token),
  );
  const { sessionToken } = (await session.body.json()) as { sessionToken: string };
  return { Authorization: `Bearer ${access_token}`, "VZ-M2M-Token": sessionToken };
}

/** A request for an access token. */
export function tokenRequest({ key, secret }: Credentials) {
  return {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  } as const;
}

/** A request for a session. */
export function logInRequest({ username, password }: Credentials, accessToken: string) {
  return {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  } as const;
}
