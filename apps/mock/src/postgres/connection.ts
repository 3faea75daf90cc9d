/** Returns true if the store is a Postgres database, not a file. */
export const isPostgres = (store: string | undefined): store is string =>
  store !== undefined && /^postgres(ql)?:\/\//.test(store);
