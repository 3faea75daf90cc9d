/** An application, which can request an access token with its key and secret. */
export interface Application {
  key: string;
  secret: string;
}

/** A user, who can log in and use some accounts. */
export interface User {
  username: string;
  password: string;
  /** The accounts; `*` stands for all. */
  accounts: string[];
}

/** The applications and users that strict authentication knows. */
export interface KnownCredentials {
  applications: Application[];
  users: User[];
}

/** The applications and users of a space. */
export interface Credentials {
  /** Returns the current applications and users. */
  get(): KnownCredentials;
  /** Replaces the applications and the users. A list that is left out becomes that of the configuration again. */
  replace(lists: Partial<KnownCredentials>): void;
  /** Returns the lists that replace those of the configuration. */
  listReplaced(): Partial<KnownCredentials>;
}

/** Creates the credentials of a space, which are those of the configuration until they are replaced. */
export function createCredentials(configured: KnownCredentials): Credentials {
  let replaced: Partial<KnownCredentials> = {};
  let current = configured;
  return {
    get: () => current,
    replace: ({ applications, users }) => {
      replaced = { ...(applications && { applications }), ...(users && { users }) };
      current = { ...configured, ...replaced };
    },
    listReplaced: () => replaced,
  };
}
