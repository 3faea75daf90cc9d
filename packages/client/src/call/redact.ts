/** Returns a copy of headers or members in which `[redacted]` replaces the values that may be secret. */
export function redactMembers<T>(members: Iterable<[string, T]>): Record<string, T | string> {
  return Object.fromEntries(
    [...members].map(([name, value]) => [name, isSecretName(name) ? "[redacted]" : value]),
  );
}

/** Returns true for names of headers and members that may have a secret as their value. */
const isSecretName = (name: string) => /auth|token|session|cookie|key|secret|passw/i.test(name);
