/** The name that was probably meant: the one with the fewest letters changed, up to a third of them. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  for (let changes = 0; changes <= Math.min(4, name.length / 3); changes += 1) {
    const found = names.find((one) => isWithin(changes, one.toLowerCase(), name.toLowerCase()));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether adding, leaving out or replacing so many letters makes one the other. */
function isWithin(changes: number, a: string, b: string): boolean {
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return a === "" || isWithin(changes, restA, restB);
  if (changes === 0) return false;
  const left = changes - 1;
  return isWithin(left, restA, b) || isWithin(left, a, restB) || isWithin(left, restA, restB);
}
