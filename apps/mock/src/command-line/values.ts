import { InvalidArgumentError } from "commander";

/** Reads a port of a flag. */
export function readPort(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65535) {
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  }
  return Number(text);
}

/** Reads a whole number of a flag; `NaN` for anything else, which the options refuse. */
export function readCount(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** Reads a host of a flag. */
export function readHost(text: string): string {
  // Node.js would take an empty one for every address.
  if (text === "") throw new InvalidArgumentError("An address is needed, such as 127.0.0.1.");
  return text;
}

/** Adds the values of a flag that can be repeated, and of which each can be a list with commas. */
export function appendAll(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(",")];
}
