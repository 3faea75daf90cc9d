/** The middle of some values, and the range that holds the middle half of them. */
export interface Spread {
  median: number;
  /** A quarter of the values is below it. */
  low: number;
  /** A quarter of the values is above it. */
  high: number;
}

/** Returns the median and the quartiles of some values. One disturbed round moves none of them much. */
export function spreadOf(values: number[]): Spread {
  return { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** Returns the value below which the given share (0 to 1) of the values lies, interpolated between neighbours. */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}
