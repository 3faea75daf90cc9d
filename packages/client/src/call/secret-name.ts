/** Returns true for names of headers and members that may hold secrets. */
export const isSecretName = (name: string) => /auth|token|session|cookie|key|secret|passw/i.test(name);
